/** A row of an album: its pictures by their place in the message, and how wide each is. */
export interface AlbumRow {
  /** Width to height of the whole row. */
  readonly ratio: number;
  readonly cells: readonly { readonly index: number; readonly share: number }[];
}

/** Panoramas and receipts are cut to this, or the others would be stripes beside them. */
const RATIO_MIN = 0.66;
const RATIO_MAX = 1.8;
const IN_ROW_MAX = 4;
/** An album is about as high as wide. */
const WHOLE_RATIO = 1;
/** What a row much higher or lower than the others costs, against an album that is too high. */
const UNEVEN = 0.8;

/** Width to height of a picture as an album shows it; a square where its sides are not known. */
function ratioOf({ width, height }: Sides): number {
  return width && height ? Math.min(RATIO_MAX, Math.max(RATIO_MIN, width / height)) : 1;
}

interface Sides {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * Lays 2 to 10 pictures out in rows that fill the width, in their order, each picture nearly in its own ratio. Of all
 * ways to break them into rows (at most 512) the one is taken whose whole is nearest to a square with even rows.
 */
export function layOutAlbum(pictures: readonly Sides[]): readonly AlbumRow[] {
  const ratios = pictures.map(ratioOf);
  const best = breaks(ratios.length).reduce((one, other) =>
    costOf(ratios, other) < costOf(ratios, one) ? other : one,
  );
  let from = 0;
  return best.map((count) => {
    const indexes = Array.from({ length: count }, (_, place) => from + place);
    from += count;
    const ratio = sum(indexes.map((index) => ratios[index] ?? 1));
    return { ratio, cells: indexes.map((index) => ({ index, share: (ratios[index] ?? 1) / ratio })) };
  });
}

/** All ways to write a count as a sum of rows. */
function breaks(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return Array.from({ length: Math.min(IN_ROW_MAX, count) }, (_, index) => index + 1).flatMap((first) =>
    breaks(count - first).map((rest) => [first, ...rest]),
  );
}

function costOf(ratios: readonly number[], rows: readonly number[]): number {
  let from = 0;
  const heights = rows.map((count) => 1 / sum(ratios.slice(from, (from += count))));
  const mean = sum(heights) / heights.length;
  const uneven = sum(heights.map((height) => Math.abs(height - mean) / mean)) / heights.length;
  return Math.abs(Math.log(sum(heights) * WHOLE_RATIO)) + UNEVEN * uneven;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

const SINGLE_WIDTH_MAX = 340;
const SINGLE_HEIGHT_MAX = 400;
/** Smaller ones would be too small to press. */
const SINGLE_SIDE_MIN = 120;

/** The place of a picture that stands alone, in CSS pixels: its own ratio, never larger than it is. */
export function placeOfSingle({ width = 4, height = 3 }: Sides): { readonly width: number; readonly height: number } {
  const isKnown = width > 16 || height > 16;
  const scale = Math.min(SINGLE_WIDTH_MAX / width, SINGLE_HEIGHT_MAX / height, isKnown ? 1 : Infinity);
  const fit = (side: number, max: number): number => Math.min(max, Math.max(SINGLE_SIDE_MIN, Math.round(side * scale)));
  return { width: fit(width, SINGLE_WIDTH_MAX), height: fit(height, SINGLE_HEIGHT_MAX) };
}
