/** In css px, or for a picture in its own pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How large a picture is shown, and which part of it. */
export interface Zoom {
  /** Css px per pixel of the picture; null: as large as the box allows, whatever its size. */
  readonly factor: number | null;
  /** What is in the middle of the box, in shares of the picture from its left and top edge. */
  readonly centre: Point;
}

export interface Frame {
  readonly picture: Size;
  readonly box: Size;
  /** The factor at which one pixel of the picture is one of the screen. */
  readonly actual: number;
}

/** Where the whole picture lies, from the left and top edge of the box. */
export interface Place extends Size {
  readonly left: number;
  readonly top: number;
  readonly factor: number;
}

export const WHOLE: Zoom = { factor: null, centre: { x: 0.5, y: 0.5 } };

/** Beyond eight times its own pixels nothing more is to be seen. */
const MAX_TIMES = 8;

export function placeOf({ factor, centre }: Zoom, frame: Frame): Place {
  const { picture, box } = frame;
  const shown = factor ?? wholeFactor(frame);
  const width = picture.width * shown;
  const height = picture.height * shown;
  return {
    left: startOf({ box: box.width, length: width, centre: centre.x }),
    top: startOf({ box: box.height, length: height, centre: centre.y }),
    width,
    height,
    factor: shown,
  };
}

/** Nothing beside the picture is shown while there is more of it to see. */
function startOf({ box, length, centre }: { box: number; length: number; centre: number }): number {
  const free = box - length;
  // Whole px: half a one would blur every letter.
  return Math.round(free >= 0 ? free / 2 : Math.min(0, Math.max(free, box / 2 - centre * length)));
}

function wholeFactor({ picture, box }: Frame): number {
  if (picture.width === 0 || picture.height === 0) return 0;
  return Math.min(box.width / picture.width, box.height / picture.height);
}

/** What is at `at` (px of the box) stays there. */
export function zoomTo(zoom: Zoom, { factor, at, frame }: { factor: number; at: Point; frame: Frame }): Zoom {
  const whole = wholeFactor(frame);
  const next = Math.min(Math.max(factor, Math.min(whole, frame.actual)), Math.max(whole, frame.actual * MAX_TIMES));
  if (Math.abs(next / whole - 1) < 0.01) return WHOLE;
  const place = placeOf(zoom, frame);
  const under = { x: (at.x - place.left) / place.width, y: (at.y - place.top) / place.height };
  const { picture, box } = frame;
  return settle(
    {
      factor: next,
      centre: {
        x: under.x + (box.width / 2 - at.x) / (picture.width * next),
        y: under.y + (box.height / 2 - at.y) / (picture.height * next),
      },
    },
    frame,
  );
}

/** The picture follows by so many px. */
export function pan(zoom: Zoom, by: Point, frame: Frame): Zoom {
  if (zoom.factor === null) return zoom;
  const { width, height } = placeOf(zoom, frame);
  return settle({ ...zoom, centre: { x: zoom.centre.x - by.x / width, y: zoom.centre.y - by.y / height } }, frame);
}

/** A centre from which the next move is seen at once. */
function settle(zoom: Zoom, frame: Frame): Zoom {
  const { left, top, width, height } = placeOf(zoom, frame);
  const { box } = frame;
  return { ...zoom, centre: { x: (box.width / 2 - left) / width, y: (box.height / 2 - top) / height } };
}

/** Where a point of the box lies on the picture, in shares of it; null: beside it. */
export function shareAt(at: Point, { left, top, width, height }: Place): Point | null {
  const x = (at.x - left) / width;
  const y = (at.y - top) / height;
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null;
}
