import type { Habits } from '../devices/habits.ts';
import type { SourceKind } from '../devices/local.media.ts';
import type { WantedEffect } from './effect.ts';
import { ownPicture } from './picture.ts';

/** What is done to a device's track before it leaves. Its code, and what it computes with, comes when it is wanted. */
export function effectFor(kind: SourceKind, { isNoiseReduced, background }: Habits): WantedEffect | null {
  if (kind === 'microphone') {
    if (!isNoiseReduced) return null;
    return { key: 'noise', start: async (raw, lost) => (await import('./noise.ts')).reduceNoise(raw, lost) };
  }
  if (background === 'none') return null;
  return {
    key: background === 'own' ? `own ${ownPicture()?.length}` : background,
    start: async (raw, lost) => (await import('./background/background.ts')).changeBackground(background)(raw, lost),
  };
}

/** Firefox and Safari take the longer way through a canvas; what is older than that has neither. */
export function isBackgroundPossible(): boolean {
  return 'OffscreenCanvas' in globalThis && 'captureStream' in HTMLCanvasElement.prototype;
}

export function isNoiseReductionPossible(): boolean {
  return 'AudioWorkletNode' in globalThis && 'WebAssembly' in globalThis;
}
