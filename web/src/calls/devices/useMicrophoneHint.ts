import { useEffect, useState } from 'react';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { listenTo } from './listening.ts';
import { createMicrophoneHints, type MicrophoneHint } from './microphone.hints.ts';

const LOOK_EVERY_MS = 100;
/** A call that comes up needs the processor for its first sound and picture. */
const LISTENS_AFTER_MS = 1_000;

/**
 * What one should know about one's microphone now. A muted track is silent for whoever listens to it, so a copy of it
 * that is not muted listens; what it hears leaves neither this function nor this device.
 */
export function useMicrophoneHint(): MicrophoneHint | null {
  const { store } = useCalls().own.media;
  const raw = useLocalMedia(({ microphone }) => microphone.raw);
  const [hint, setHint] = useState<MicrophoneHint | null>(null);
  useEffect(() => {
    if (!raw) return undefined;
    const ear = raw.clone();
    ear.enabled = true;
    const hintOf = createMicrophoneHints();
    let stop = (): void => {};
    const beginning = setTimeout(() => {
      stop = listenTo(ear, LOOK_EVERY_MS, ({ loudness, peak }) => {
        const isMuted = !store.getState().microphone.isWanted;
        setHint(hintOf({ loudness, peak, isMuted, atMs: performance.now() }));
      });
    }, LISTENS_AFTER_MS);
    return () => {
      clearTimeout(beginning);
      stop();
      ear.stop();
      setHint(null);
    };
  }, [raw, store]);
  return hint;
}
