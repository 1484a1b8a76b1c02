/** How a picture is looked at: how large, and how far moved from the middle, in CSS pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
const SCALE_MAX = 8;

/** Larger or smaller by a factor, so that what is under the point stays under it. The point is seen from the middle. */
export function zoomAt(view: View, factor: number, point: { readonly x: number; readonly y: number }): View {
  const scale = Math.min(SCALE_MAX, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * grown, y: point.y - (point.y - view.y) * grown };
}

/** Moved no further than to its edges; in the middle where it is smaller than the stage. */
export function held(view: View, picture: Size, stage: Size): View {
  const hold = (moved: number, size: number, room: number): number => {
    const far = Math.max(0, (size * view.scale - room) / 2);
    return far === 0 ? 0 : Math.min(far, Math.max(-far, moved));
  };
  return {
    scale: view.scale,
    x: hold(view.x, picture.width, stage.width),
    y: hold(view.y, picture.height, stage.height),
  };
}

/** As large as fits, never larger than it is. */
export function fitted(picture: Size, stage: Size): Size {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}
