/** A square cut out of a picture: how near one is, and where its middle is, in the picture's own pixels. */
export interface Crop {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Sides {
  readonly width: number;
  readonly height: number;
}

export const ZOOM_MAX = 6;

/** As much of the picture as a square takes. */
export function wholeOf({ width, height }: Sides): Crop {
  return { zoom: 1, x: width / 2, y: height / 2 };
}

/** The side of the square, in the picture's pixels. */
export function sideOf({ width, height }: Sides, { zoom }: Pick<Crop, 'zoom'>): number {
  return Math.min(width, height) / zoom;
}

/** The same, within the picture. */
export function kept(picture: Sides, crop: Crop): Crop {
  const zoom = between(1, crop.zoom, ZOOM_MAX);
  const half = sideOf(picture, { zoom }) / 2;
  return { zoom, x: between(half, crop.x, picture.width - half), y: between(half, crop.y, picture.height - half) };
}

/** Moved by so much of the square's side: the picture follows the finger. */
export function moved(picture: Sides, crop: Crop, by: { readonly x: number; readonly y: number }): Crop {
  const side = sideOf(picture, crop);
  return kept(picture, { ...crop, x: crop.x - by.x * side, y: crop.y - by.y * side });
}

/** Nearer or further, about a point of the square (0 to 1 from its corner) that stays where it is. */
export function zoomed(
  picture: Sides,
  crop: Crop,
  to: { readonly zoom: number; readonly x: number; readonly y: number },
): Crop {
  const zoom = between(1, to.zoom, ZOOM_MAX);
  const change = sideOf(picture, crop) - sideOf(picture, { zoom });
  return kept(picture, { zoom, x: crop.x + (to.x - 0.5) * change, y: crop.y + (to.y - 0.5) * change });
}

function between(low: number, value: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
