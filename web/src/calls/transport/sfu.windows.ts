import type { ElementInfo } from 'livekit-client';

/**
 * For livekit-client, which lets no picture come that nobody sees: an element in a window besides the page is seen as
 * long as its own window is, though the page be in the background, and is as large as it is there.
 */
export function inOwnWindow(element: HTMLVideoElement): ElementInfo {
  const { ownerDocument: page } = element;
  const isShown = (): boolean => page.visibilityState === 'visible';
  const ending = new AbortController();
  const info: ElementInfo = {
    element,
    width: () => element.clientWidth,
    height: () => element.clientHeight,
    visible: isShown(),
    pictureInPicture: isShown(),
    visibilityChangedAt: undefined,
    observe() {
      const { ResizeObserver: Observer } = page.defaultView ?? globalThis;
      const sizes = new Observer(() => info.handleResize?.());
      sizes.observe(element);
      ending.signal.addEventListener('abort', () => sizes.disconnect());
      page.addEventListener('visibilitychange', look, { signal: ending.signal });
    },
    stopObserving: () => ending.abort(),
  };

  function look(): void {
    info.visible = isShown();
    info.pictureInPicture = isShown();
    info.visibilityChangedAt = Date.now();
    info.handleVisibilityChanged?.();
  }

  return info;
}
