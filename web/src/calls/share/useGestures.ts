import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { PointingControl } from './usePointing.ts';
import type { ZoomControl } from './useZoom.ts';
import { type Point, shareAt } from './zoom.ts';

interface Deps {
  readonly box: RefObject<HTMLElement | null>;
  readonly zoom: ZoomControl;
  readonly pointing: PointingControl;
  readonly freeze: () => void;
}

/** One press of a key or button. */
export const ZOOM_STEP = 1.25;
const PAN_STEP_PX = 60;
/** Of the picture, when the pointer is moved by keys. */
const POINT_STEP = 0.02;
const WHEEL_PER_PX = 0.002;
const DOUBLE_PRESS_MS = 350;
const DOUBLE_PRESS_PX = 30;

const ARROWS: Readonly<Record<string, Point | undefined>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Wheel, fingers, mouse and keys on a shared screen. */
export function useGestures({ box, zoom, pointing, freeze }: Deps) {
  const hands = useRef(new Map<number, Point>());
  const lastPress = useRef<{ readonly at: number; readonly where: Point } | null>(null);
  useWheel(box, (by, at) => zoom.by(by, at));

  function whereIn({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const edge = box.current?.getBoundingClientRect();
    return { x: clientX - (edge?.left ?? 0), y: clientY - (edge?.top ?? 0) };
  }

  function pressTwice(where: Point): boolean {
    const last = lastPress.current;
    const now = performance.now();
    lastPress.current = { at: now, where };
    return last !== null && now - last.at < DOUBLE_PRESS_MS && distance(last.where, where) < DOUBLE_PRESS_PX;
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0 || isOnTools(event.target)) return;
    const where = whereIn(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    hands.current.set(event.pointerId, where);
    if (pointing.isOn) pointing.point(shareAt(where, zoom.place));
    else if (hands.current.size === 1 && pressTwice(where)) {
      lastPress.current = null;
      if (zoom.isWhole) zoomIn(where);
      else zoom.toWhole();
    }
  }

  /** To its pixels; where those are no more than what is seen, twice as near. */
  function zoomIn(where: Point): void {
    if (zoom.times < 0.9) zoom.toActual(where);
    else zoom.by(2, where);
  }

  function move(event: PointerEvent): void {
    const where = whereIn(event);
    const before = hands.current.get(event.pointerId);
    if (pointing.isOn && hands.current.size < 2) {
      // A finger points while it presses, a mouse wherever it is.
      if ((before || event.pointerType === 'mouse') && !isOnTools(event.target))
        pointing.point(shareAt(where, zoom.place));
      return;
    }
    if (!before) return;
    const other = [...hands.current].find(([id]) => id !== event.pointerId)?.[1];
    hands.current.set(event.pointerId, where);
    if (!other) return zoom.pan({ x: where.x - before.x, y: where.y - before.y });
    zoom.by(distance(where, other) / Math.max(1, distance(before, other)), middleOf(where, other));
    zoom.pan({ x: (where.x - before.x) / 2, y: (where.y - before.y) / 2 });
  }

  function release(event: PointerEvent): void {
    hands.current.delete(event.pointerId);
    if (pointing.isOn && event.pointerType !== 'mouse') pointing.point(null);
  }

  function leave(event: PointerEvent): void {
    if (pointing.isOn && event.pointerType === 'mouse') pointing.point(null);
  }

  function pressKey(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actOf(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function actOf(key: string): (() => void) | undefined {
    const arrow = ARROWS[key];
    if (arrow) return moveBy(arrow);
    if (key === 'x') return pointing.isAllowed ? pointing.toggle : undefined;
    if (key === 'Escape') return pointing.isOn ? pointing.toggle : undefined;
    return byKey[key];
  }

  const byKey: Readonly<Record<string, (() => void) | undefined>> = {
    '+': () => zoom.by(ZOOM_STEP),
    '=': () => zoom.by(ZOOM_STEP),
    '-': () => zoom.by(1 / ZOOM_STEP),
    '0': zoom.toWhole,
    '1': () => zoom.toActual(),
    ' ': freeze,
  };

  function moveBy(arrow: Point): (() => void) | undefined {
    if (pointing.isOn) return () => movePointer(arrow);
    return zoom.isNear ? () => zoom.pan({ x: -arrow.x * PAN_STEP_PX, y: -arrow.y * PAN_STEP_PX }) : undefined;
  }

  function movePointer(arrow: Point): void {
    const { x, y } = pointing.at ?? { x: 0.5, y: 0.5 };
    pointing.point({ x: within(x + arrow.x * POINT_STEP), y: within(y + arrow.y * POINT_STEP) });
  }

  return {
    onPointerDown: press,
    onPointerMove: move,
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: leave,
    onKeyDown: pressKey,
  };
}

/** React's own listeners may not hold the page still. */
function useWheel(box: RefObject<HTMLElement | null>, turn: (by: number, at: Point) => void): void {
  const turned = useEffectEvent(turn);
  useEffect(() => {
    const shown = box.current;
    function hear(event: WheelEvent): void {
      event.preventDefault();
      const edge = shown?.getBoundingClientRect();
      const at = { x: event.clientX - (edge?.left ?? 0), y: event.clientY - (edge?.top ?? 0) };
      // A trackpad's pinch comes as a wheel with Ctrl, in smaller steps.
      turned(Math.exp(-event.deltaY * WHEEL_PER_PX * (event.ctrlKey ? 5 : 1)), at);
    }
    shown?.addEventListener('wheel', hear, { passive: false });
    return () => shown?.removeEventListener('wheel', hear);
  }, [box]);
}

function isOnTools(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[role="toolbar"]') !== null;
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function middleOf(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
