import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

/**
 * Whether the page covers the whole screen. Always all of it, for the chat stands beside the stage, and whoever calls,
 * words that pass by and menus lie above it: of a part alone the browser would show nothing but that part.
 */
export function useIsFullScreen(): boolean {
  return useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
}

function subscribe(hear: () => void): () => void {
  document.addEventListener('fullscreenchange', hear);
  return () => document.removeEventListener('fullscreenchange', hear);
}

export function toggleFullScreen(): void {
  if (document.fullscreenElement) leave();
  else cover().catch(() => {}); // The browser may refuse; then nothing changes.
}

function cover(): Promise<void> {
  return document.documentElement.requestFullscreen();
}

function leave(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

/** One part of the stage, which covers all others of it while the page covers the whole screen. */
export interface Alone {
  readonly isOn: boolean;
  readonly toggle: () => void;
}

export function useAlone(isPossible: boolean): Alone {
  const isFull = useIsFullScreen();
  const [isWanted, setWanted] = useState(false);
  /** Then it goes back to the stage. */
  const wasFull = useRef(false);
  const isOn = isPossible && isWanted && isFull;
  useEffect(() => {
    if (!isOn) return undefined;
    return () => {
      setWanted(false);
      if (!wasFull.current) leave();
    };
  }, [isOn]);

  function toggle(): void {
    setWanted(!isOn);
    if (isOn) return;
    wasFull.current = isFull;
    if (!isFull) cover().catch(() => setWanted(false));
  }

  return { isOn, toggle };
}

/** Whoever closes the stage sees their whole desktop again. */
export function useFullScreenEnd(): void {
  useEffect(() => leave, []);
}
