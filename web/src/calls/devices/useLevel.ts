import { useEffect, useState } from 'react';
import { listenTo } from './listening.ts';

const LOOK_EVERY_MS = 60;
/** Speech is rarely louder than a fifth of full scale; the meter shows it as full. */
const FULL = 0.2;
/** How much of the last level stays, so that the meter falls softly. */
const FALL = 0.75;

/** How loud a microphone is now, from 0 to 1. */
export function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track) return undefined;
    return listenTo(track, LOOK_EVERY_MS, ({ loudness }) =>
      setLevel((before) => Math.max(Math.min(1, loudness / FULL), before * FALL)),
    );
  }, [track]);
  return track ? level : 0;
}
