import { type RefObject, useMemo, useState } from 'react';
import { useBox } from '../stage/useBox.ts';
import { type Frame, pan, type Place, placeOf, type Point, type Size, WHOLE, zoomTo } from './zoom.ts';

export interface ZoomControl {
  readonly place: Place;
  readonly isWhole: boolean;
  /** More of it is there than is shown. */
  readonly isNear: boolean;
  /** 1: each pixel of the picture is one of the screen. */
  readonly times: number;
  /** `at`: what stays where it is, in px of the box; its middle unless said. */
  readonly by: (times: number, at?: Point) => void;
  readonly toActual: (at?: Point) => void;
  readonly toWhole: () => void;
  readonly pan: (by: Point) => void;
}

const NOTHING: Size = { width: 0, height: 0 };

export function useZoom({ box, picture }: { box: RefObject<HTMLElement | null>; picture: Size }): ZoomControl {
  const size = useBox(box) ?? NOTHING;
  const [zoom, setZoom] = useState(WHOLE);
  const frame = useMemo<Frame>(() => {
    // Before its first frame it fills the box: LiveKit sends nothing to an element that nobody could see.
    const known = picture.width > 0 ? picture : size;
    return { picture: known, box: size, actual: 1 / devicePixelRatio };
  }, [picture, size]);
  const place = placeOf(zoom, frame);
  const middle = { x: size.width / 2, y: size.height / 2 };

  function to(factorOf: (now: number) => number, at: Point): void {
    setZoom((now) => zoomTo(now, { factor: factorOf(placeOf(now, frame).factor), at, frame }));
  }

  return {
    place,
    isWhole: zoom.factor === null,
    isNear: place.width > size.width + 1 || place.height > size.height + 1,
    times: place.factor / frame.actual,
    by: (times, at = middle) => to((now) => now * times, at),
    toActual: (at = middle) => to(() => frame.actual, at),
    toWhole: () => setZoom(WHOLE),
    pan: (by) => setZoom((now) => pan(now, by, frame)),
  };
}
