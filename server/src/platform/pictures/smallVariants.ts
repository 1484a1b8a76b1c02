import sharp, { type Sharp, type SharpOptions } from 'sharp';

/** Only within the picture process: these open what strangers sent. */

const SQUARES = { large: 256, small: 96 } as const;
const EMOJI_SIDE = 96;
const EMOJI_BYTES_MAX = 100_000;
/** Tried one after the other until what moves is small enough. */
const QUALITIES = [75, 45, 20] as const;

/** The middle of it, in the sides that a group's picture is shown in. */
export async function squaresOf(file: Buffer, options: SharpOptions): Promise<Record<'large' | 'small', Buffer>> {
  const { large: side, small: smallSide } = SQUARES;
  const large = await cut(sharp(file, options).autoOrient(), side).webp({ quality: 84, effort: 4 }).toBuffer();
  return { large, small: await cut(sharp(large), smallSide).webp({ quality: 80, effort: 4 }).toBuffer() };
}

function cut(picture: Sharp, side: number): Sharp {
  return picture.resize({ width: side, height: side, fit: 'cover' }).flatten({ background: '#ffffff' });
}

/** The whole of it, as large as a line of text takes; moving where that is small enough, and standing in any case. */
export async function emojiOf(
  file: Buffer,
  { still, moving }: { readonly still: SharpOptions; readonly moving: SharpOptions | undefined },
): Promise<{ still: Buffer; moving?: Buffer }> {
  const standing = await within(sharp(file, still).autoOrient()).webp({ quality: 85, effort: 4 }).toBuffer();
  const animated = moving && (await smallestMoving(file, moving));
  return { still: standing, ...(animated ? { moving: animated } : {}) };
}

async function smallestMoving(file: Buffer, options: SharpOptions): Promise<Buffer | undefined> {
  for (const quality of QUALITIES) {
    // oxlint-disable-next-line no-await-in-loop -- the next quality is for when this one was too large
    const moving = await within(sharp(file, options)).webp({ quality, effort: 1 }).toBuffer();
    if (moving.length <= EMOJI_BYTES_MAX) return moving;
  }
  return undefined;
}

function within(picture: Sharp): Sharp {
  return picture.resize({ width: EMOJI_SIDE, height: EMOJI_SIDE, fit: 'inside', withoutEnlargement: true });
}
