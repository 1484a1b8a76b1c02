import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { fitted, held, type Size, type View, WHOLE, zoomAt } from './zoom.ts';

interface ZoomInput {
  readonly picture: Size;
  readonly onSwipe: (to: 'older' | 'newer') => void;
  readonly onDismiss: () => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const STEP = 1.5;
const DOUBLE_TAP_SCALE = 2.5;
/** One notch of a wheel is about 100; a pinch on a touch pad comes as many small ones. */
const WHEEL_PER_PIXEL = 0.0022;
const SWIPE_PX = 60;
const DISMISS_PX = 110;

/** How the picture on a stage is looked at, moved by wheel, pointers and keys. */
export function useZoom(stage: RefObject<HTMLElement | null>, { picture, onSwipe, onDismiss }: ZoomInput) {
  const [view, setView] = useState<View>(WHOLE);
  const [room, setRoom] = useState<Size>({ width: innerWidth, height: innerHeight });
  const [isMoving, setMoving] = useState(false);
  const pointers = useRef(new Map<number, Point>());
  const start = useRef<Point>({ x: 0, y: 0 });
  const size = fitted(picture, room);

  const look = (next: (view: View) => View): void => setView((before) => held(next(before), size, room));
  const zoomBy = (factor: number, point: Point = { x: 0, y: 0 }): void =>
    look((before) => zoomAt(before, factor, point));

  useEffect(() => {
    const element = stage.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setRoom({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage]);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * WHEEL_PER_PIXEL * (event.ctrlKey ? 4 : 1)), fromMiddle(event));
  });
  useEffect(() => {
    const element = stage.current;
    const hear = (event: WheelEvent): void => onWheel(event);
    // React listens passively, and the page would zoom.
    element?.addEventListener('wheel', hear, { passive: false });
    return () => element?.removeEventListener('wheel', hear);
  }, [stage]);

  function fromMiddle({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const box = stage.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  }

  function onPointerMove(event: PointerEvent): void {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = fromMiddle(event);
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (other) return pinch({ before, now, other });
    look((seen) => ({ ...seen, x: seen.x + now.x - before.x, y: seen.y + now.y - before.y }));
  }

  function pinch({ before, now, other }: { readonly before: Point; readonly now: Point; readonly other: Point }): void {
    const factor = distance(now, other) / Math.max(1, distance(before, other));
    zoomBy(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = fromMiddle(event);
    // A second finger makes it a pinch, which is no swipe.
    start.current = pointers.current.size === 0 ? point : { x: Number.NaN, y: Number.NaN };
    pointers.current.set(event.pointerId, point);
    setMoving(true);
  }

  function onPointerUp(event: PointerEvent): void {
    pointers.current.delete(event.pointerId);
    if (pointers.current.size > 0) return;
    setMoving(false);
    const end = fromMiddle(event);
    const [dx, dy] = [end.x - start.current.x, end.y - start.current.y];
    if (view.scale > 1 || event.type === 'pointercancel') return;
    const isRtl = document.documentElement.dir === 'rtl';
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) onSwipe(dx > 0 === isRtl ? 'newer' : 'older');
    else if (event.pointerType === 'touch' && dy > DISMISS_PX) onDismiss();
  }

  return {
    view,
    size,
    isMoving,
    keys: { larger: () => zoomBy(STEP), smaller: () => zoomBy(1 / STEP), whole: () => setView(WHOLE) },
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: onPointerUp,
      onDoubleClick: (event: React.MouseEvent) =>
        view.scale > 1 ? setView(WHOLE) : zoomBy(DOUBLE_TAP_SCALE, fromMiddle(event)),
    },
  };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
