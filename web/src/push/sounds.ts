import type { SOUNDS } from '@dialog/shared/settings.values';

type Sound = (typeof SOUNDS)[number];

export interface Sounds {
  /** Browsers let a page be heard only after somebody pressed something in it. */
  mayPlay(): boolean;
  /** Nothing when the browser does not let it; a sound that comes late says something wrong. */
  play(sound: Sound): void;
  stop(): void;
}

/** One voice of a sound: a tone that is struck and dies away. */
interface Voice {
  readonly shape: OscillatorType;
  /** Hertz, at the beginning and at the end. */
  readonly from: number;
  readonly to: number;
  /** Seconds after the sound begins. */
  readonly at: number;
  readonly lasts: number;
  readonly loud: number;
}

const RECIPES: Readonly<Record<Sound, readonly Voice[]>> = {
  none: [],
  drop: [{ shape: 'sine', from: 480, to: 1_150, at: 0, lasts: 0.16, loud: 1 }],
  chime: [
    { shape: 'sine', from: 659.3, to: 659.3, at: 0, lasts: 0.7, loud: 0.8 },
    { shape: 'sine', from: 987.8, to: 987.8, at: 0.11, lasts: 0.9, loud: 0.7 },
    { shape: 'sine', from: 1_975.5, to: 1_975.5, at: 0.11, lasts: 0.35, loud: 0.12 },
  ],
  knock: [
    { shape: 'triangle', from: 210, to: 85, at: 0, lasts: 0.09, loud: 1 },
    { shape: 'triangle', from: 180, to: 75, at: 0.14, lasts: 0.1, loud: 0.9 },
  ],
};

/** Beside speech and music it should be heard and startle nobody. */
const VOLUME = 0.16;
const ATTACK_SECONDS = 0.006;
const SILENCE = 0.0001;
/** Tones that die away need a moment before the device may rest. */
const REST_AFTER_MS = 1_500;

/** Made here from tones: no file to fetch, nothing of others. */
export function createSounds(): Sounds {
  const ending = new AbortController();
  let context: AudioContext | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;

  // Safari lets a context sound later only if it was made within a press.
  const wake = (): void => void made();
  addEventListener('pointerdown', wake, { once: true, signal: ending.signal });
  addEventListener('keydown', wake, { once: true, signal: ending.signal });

  function made(): AudioContext | undefined {
    if (context || typeof AudioContext === 'undefined') return context;
    context = new AudioContext({ latencyHint: 'interactive' });
    rest();
    return context;
  }

  /** A context that runs keeps the sound device busy. */
  function rest(): void {
    clearTimeout(resting);
    resting = setTimeout(() => void context?.suspend().catch(() => undefined), REST_AFTER_MS);
  }

  return {
    mayPlay: () => mayBeHeard(),
    play(sound) {
      if (!mayBeHeard() || RECIPES[sound].length === 0) return;
      const on = made();
      if (!on) return;
      clearTimeout(resting);
      on.resume().then(
        () => {
          strike(on, RECIPES[sound]);
          rest();
        },
        () => undefined,
      );
    },
    stop() {
      ending.abort();
      clearTimeout(resting);
      void context?.close().catch(() => undefined);
    },
  };
}

function mayBeHeard(): boolean {
  return !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;
}

function strike(context: AudioContext, voices: readonly Voice[]): void {
  for (const { shape, from, to, at, lasts, loud } of voices) {
    const begin = context.currentTime + at;
    const end = begin + lasts;
    const tone = new OscillatorNode(context, { type: shape, frequency: from });
    const level = new GainNode(context, { gain: SILENCE });
    tone.frequency.setValueAtTime(from, begin);
    tone.frequency.exponentialRampToValueAtTime(to, end);
    level.gain.setValueAtTime(SILENCE, begin);
    level.gain.exponentialRampToValueAtTime(VOLUME * loud, begin + ATTACK_SECONDS);
    level.gain.exponentialRampToValueAtTime(SILENCE, end);
    tone.connect(level).connect(context.destination);
    tone.start(begin);
    tone.stop(end);
  }
}
