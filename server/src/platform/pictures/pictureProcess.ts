import { rgbaToThumbHash } from 'thumbhash';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { withoutMetadata } from './metadata.ts';
import { emojiOf, squaresOf } from './smallVariants.ts';
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
const MOVING = { ...FRAME, animated: true, limitInputPixels: PIXELS_MOVING_MAX };
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

const [mime = '', purpose = 'file'] = process.argv.slice(2);
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
  readonly blobs: Readonly<Record<string, Buffer>>;
}

async function makeVariants(file: Buffer): Promise<Variants> {
  const told = await sharp(file, FRAME).metadata();
  const { width, height, pages = 1, orientation = 1 } = told;
  if (width * height > PIXELS_MAX || pages > FRAMES_MAX) process.exit(2);
  const isMoving = pages > 1 && width * height * pages <= PIXELS_MOVING_MAX;
  const isTurned = orientation >= 5;
  const [shownWidth, shownHeight] = isTurned ? [height, width] : [width, height];
  const seen = { width: shownWidth, height: shownHeight, isAnimated: pages > 1 };
  if (purpose === 'file') return variantsOfFile(file, { told, isMoving, seen });
  const moving = isMoving ? MOVING : undefined;
  const blobs = purpose === 'square' ? await squaresOf(file, FRAME) : await emojiOf(file, { still: FRAME, moving });
  return { facts: { ...seen, mime: 'image/webp', thumbHash: '', isAnimated: 'moving' in blobs }, blobs };
}

interface Looked {
  readonly told: Metadata;
  readonly isMoving: boolean;
  readonly seen: Pick<PictureFacts, 'width' | 'height' | 'isAnimated'>;
}

async function variantsOfFile(file: Buffer, { told, isMoving, seen }: Looked): Promise<Variants> {
  const { display, thumb } = await shown(file, isMoving);
  const { original, isRemade } = await withoutItsPlace(file, told);
  return {
    facts: { ...seen, mime: isRemade ? 'image/webp' : mime, thumbHash: await hashOf(thumb) },
    blobs: { display, thumb, ...(original.equals(file) ? {} : { original }) },
  };
}

/** What moves goes on moving, unless that were too much of it. */
async function shown(file: Buffer, isMoving: boolean): Promise<{ display: Buffer; thumb: Buffer }> {
  const source = isMoving ? sharp(file, MOVING) : sharp(file, FRAME).autoOrient();
  const effort = isMoving ? 1 : 3;
  const display = await within(source, DISPLAY_SIDE).webp({ quality: 82, effort }).toBuffer();
  const smaller = sharp(display, isMoving ? MOVING : FRAME);
  return { display, thumb: await within(smaller, THUMB_SIDE).webp({ quality: 72, effort }).toBuffer() };
}

async function withoutItsPlace(file: Buffer, { exif, xmp, orientation = 1 }: Metadata) {
  if (mime !== 'image/avif') return { original: withoutMetadata(mime, file, orientation), isRemade: false };
  const isRemade = exif !== undefined || xmp !== undefined;
  return { original: isRemade ? await remade(file) : file, isRemade };
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
