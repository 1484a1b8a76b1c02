import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { Point } from '../ui/ContextMenu.tsx';

const LONG_MS = 500;
/** A finger that lies still still moves a little. */
const STILL_PX = 10;

/**
 * For fingers, what the other button is for mice. Browsers on phones say so themselves, by `contextmenu`, except for
 * Safari; there, a press that lasts is one. The click that ends it is none.
 */
export function useLongPress(onPress: (target: EventTarget, at: Point) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef<Point>(undefined);
  const wasLong = useRef(false);
  const cancel = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    onPointerDown({ pointerType, target, clientX: x, clientY: y }: PointerEvent) {
      cancel();
      wasLong.current = false;
      if (pointerType !== 'touch') return;
      start.current = { x, y };
      timer.current = setTimeout(() => {
        wasLong.current = true;
        onPress(target, { x, y });
      }, LONG_MS);
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const from = start.current;
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onClickCapture(event: MouseEvent) {
      if (wasLong.current) event.stopPropagation();
      wasLong.current = false;
    },
  };
}
