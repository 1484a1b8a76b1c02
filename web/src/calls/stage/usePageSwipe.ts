import { type RefObject, useEffect } from 'react';
import { useStage } from './useStage.ts';

/** Shorter is a slip of the finger. */
const SWIPE_PX = 56;
const AFTER_SWIPE_MS = 300;

/** A finger drawn across the tiles turns the page, as one reads. */
export function usePageSwipe(area: RefObject<HTMLElement | null>, pages: number): void {
  const stage = useStage();
  useEffect(() => {
    const { current } = area;
    if (!current || pages < 2) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    let swipedAt = -Infinity;
    let from: { readonly x: number; readonly y: number } | null = null;
    current.addEventListener(
      'pointerdown',
      (event) => {
        from = event.pointerType === 'touch' && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
      },
      { signal },
    );
    current.addEventListener(
      'pointerup',
      (event) => {
        const [x, y] = from ? [event.clientX - from.x, event.clientY - from.y] : [0, 0];
        from = null;
        if (Math.abs(x) < SWIPE_PX || Math.abs(x) < 2 * Math.abs(y)) return;
        const isRightToLeft = getComputedStyle(current).direction === 'rtl';
        const isForward = isRightToLeft ? x > 0 : x < 0;
        stage.turnTo(stage.store.getState().page + (isForward ? 1 : -1));
        swipedAt = event.timeStamp;
      },
      { signal },
    );
    // The same finger presses nothing.
    current.addEventListener(
      'click',
      (event) => event.timeStamp - swipedAt < AFTER_SWIPE_MS && event.stopPropagation(),
      { signal, capture: true },
    );
    return () => ending.abort();
  }, [area, pages, stage]);
}
