import { Readable } from 'node:stream';
import { PREVIEW_PICTURE_HEIGHT, PREVIEW_PICTURE_WIDTH } from '@dialog/shared/previews.values';
import sharp from 'sharp';
import { AppError } from '../platform/appError.ts';
import type { Pictures } from '../platform/pictures/pictures.ts';
import { pictureTypeOf } from '../platform/pictures/pictureType.ts';

/** As it will be served: made anew, nothing of the original's bytes in it. */
export interface PreviewPicture {
  /** WebP. */
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  /** Base64. */
  readonly thumbHash: string;
}

/** Null when it is none that we take. @throws AppError `busy` when there are too many to look at. */
export type RemakePicture = (original: Buffer) => Promise<PreviewPicture | null>;

const BYTES_MAX = 100_000;
/** Smaller than this is a pixel to count readers by, or an icon. */
const SIDE_MIN = 48;
/** Tried one after the other until the picture is small enough. */
const QUALITIES = [78, 55, 30];

/**
 * Makes a small picture of what a stranger's server sent. Only a process of its own opens the original (SECURITY 15); what
 * it made of it is made smaller here.
 */
export function createRemaking(pictures: Pictures): RemakePicture {
  async function displayOf(mime: string, original: Buffer): Promise<{ display: Buffer; thumbHash: string }> {
    let display = Buffer.alloc(0);
    const { thumbHash } = await pictures.process(
      { mime, size: original.length, bytes: () => Readable.from([original]) },
      async (name, _size, bytes) => {
        const pieces: Buffer[] = [];
        for await (const piece of bytes) pieces.push(piece);
        if (name === 'display') display = Buffer.concat(pieces);
      },
    );
    return { display, thumbHash };
  }

  return async (original) => {
    const mime = pictureTypeOf(original);
    if (mime === undefined) return null;
    try {
      const { display, thumbHash } = await displayOf(mime, original);
      const picture = await small(display);
      return picture && { ...picture, thumbHash };
    } catch (error) {
      if (error instanceof AppError && error.code === 'busy') throw error;
      // Broken, too large, too slow: the preview has words all the same.
      return null;
    }
  };
}

async function small(display: Buffer): Promise<Omit<PreviewPicture, 'thumbHash'> | null> {
  const { data, info } = await sharp(display)
    .resize({ width: PREVIEW_PICTURE_WIDTH, height: PREVIEW_PICTURE_HEIGHT, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (width < SIDE_MIN || height < SIDE_MIN) return null;
  for (const quality of QUALITIES) {
    // oxlint-disable-next-line no-await-in-loop -- the next quality is for when this one was too large
    const bytes = await sharp(data, { raw: { width, height, channels: 4 } })
      .webp({ quality })
      .toBuffer();
    if (bytes.length <= BYTES_MAX) return { bytes, width, height };
  }
  return null;
}
