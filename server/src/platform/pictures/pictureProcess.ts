import { rgbaToThumbHash } from 'thumbhash';
import sharp, { type Sharp } from 'sharp';
import { withoutMetadata } from './metadata.ts';
import { ANSWER_HEAD_BYTES, INPUT_BYTES_MAX, type PictureFacts } from './pictureAnswer.ts';

/**
 * A process of its own for one stranger's picture: it comes on stdin, its variants go out on stdout, and whatever a
 * decoder does with it ends here. Memory is watched from inside, time from outside.
 */
const MEMORY_BYTES_MAX = 512 * 1024 * 1024;
const MEMORY_LOOKED_AT_MS = 20;
/** Of one frame, and of all frames that are turned into another animation. */
const PIXELS_MAX = 40e6;
const PIXELS_MOVING_MAX = 120e6;
const FRAMES_MAX = 200;
/** A picture cut off at its end is still one to look at; anything worse is not. */
const FRAME = { limitInputPixels: PIXELS_MAX, failOn: 'error' } as const;
const DISPLAY_SIDE = 1_600;
const THUMB_SIDE = 320;
const HASH_SIDE = 100;

setInterval(() => {
  if (process.memoryUsage.rss() > MEMORY_BYTES_MAX) process.exit(3);
}, MEMORY_LOOKED_AT_MS).unref();

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});

const [mime = ''] = process.argv.slice(2);
await answer(await makeVariants(await readInput()));

async function readInput(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const bytes of process.stdin as AsyncIterable<Buffer>) {
    length += bytes.length;
    if (length > INPUT_BYTES_MAX) process.exit(2);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

interface Variants {
  readonly facts: Omit<PictureFacts, 'sizes'>;
  readonly blobs: Readonly<Record<'display' | 'thumb', Buffer>> & { readonly original?: Buffer };
}

async function makeVariants(file: Buffer): Promise<Variants> {
  const { width, height, pages = 1, orientation = 1, exif, xmp } = await sharp(file, FRAME).metadata();
  if (width * height > PIXELS_MAX || pages > FRAMES_MAX) process.exit(2);
  const isAnimated = pages > 1;
  const isMoving = isAnimated && width * height * pages <= PIXELS_MOVING_MAX;
  const source = isMoving
    ? sharp(file, { ...FRAME, animated: true, limitInputPixels: PIXELS_MOVING_MAX })
    : sharp(file, FRAME).autoOrient();
  const display = await within(source, DISPLAY_SIDE)
    .webp({ quality: 82, effort: isMoving ? 1 : 3 })
    .toBuffer();
  const shown = sharp(display, { animated: isMoving, limitInputPixels: PIXELS_MOVING_MAX });
  const thumb = await within(shown, THUMB_SIDE)
    .webp({ quality: 72, effort: isMoving ? 1 : 4 })
    .toBuffer();
  const isTurned = orientation >= 5;
  const facts = {
    mime,
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    thumbHash: await hashOf(thumb),
    isAnimated,
  };
  const original =
    mime === 'image/avif' && (exif || xmp) ? await remade(file) : withoutMetadata(mime, file, orientation);
  const isChanged = !original.equals(file);
  return {
    facts: mime === 'image/avif' && isChanged ? { ...facts, mime: 'image/webp' } : facts,
    blobs: { display, thumb, ...(isChanged ? { original } : {}) },
  };
}

/** The boxes of an AVIF point into each other by offset, so nothing can be cut out of one. */
function remade(avif: Buffer): Promise<Buffer> {
  return sharp(avif, FRAME).autoOrient().webp({ quality: 90, effort: 3 }).toBuffer();
}

function within(picture: Sharp, side: number): Sharp {
  return picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
}

async function hashOf(picture: Buffer): Promise<string> {
  const { data, info } = await within(sharp(picture), HASH_SIDE)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

async function answer({ facts, blobs }: Variants): Promise<void> {
  const entries = Object.entries(blobs);
  const sizes = Object.fromEntries(entries.map(([name, bytes]) => [name, bytes.length]));
  const head = Buffer.from(JSON.stringify({ ...facts, sizes } satisfies PictureFacts));
  const length = Buffer.alloc(ANSWER_HEAD_BYTES);
  length.writeUInt32BE(head.length);
  process.stdout.write(Buffer.concat([length, head]));
  for (const [, bytes] of entries) process.stdout.write(bytes);
}
