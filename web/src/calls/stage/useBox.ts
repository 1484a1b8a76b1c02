import { type RefObject, useEffect, useState } from 'react';

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** How large an element is, in px; null before the first look. */
export function useBox(element: RefObject<HTMLElement | null>): BoxSize | null {
  const [size, setSize] = useState<BoxSize | null>(null);
  useEffect(() => {
    const { current } = element;
    // Of the element's own window: a window of its own goes on while this page is in the background.
    const { ResizeObserver: Observer } = current?.ownerDocument.defaultView ?? globalThis;
    if (!current) return undefined;
    const observer = new Observer(
      ([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
