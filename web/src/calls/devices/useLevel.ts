import { useEffect, useState } from 'react';

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
    const context = new AudioContext();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      setLevel((before) => Math.max(Math.min(1, Math.sqrt(power) / FULL), before * FALL));
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return track ? level : 0;
}
