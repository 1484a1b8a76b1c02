/** `ring`: somebody calls; `knock`: somebody calls while one is in a call; `back`: the other side rings. */
export type Tone = 'ring' | 'knock' | 'back';

export interface Tones {
  /** Again and again, until it is stopped. Answers how to stop it. */
  start(tone: Tone): () => void;
  stop(): void;
}

/** A note: Hertz, when it begins and how long it sounds, in seconds. */
interface Note {
  readonly pitch: number;
  readonly at: number;
  readonly lasts: number;
}

interface Recipe {
  readonly notes: readonly Note[];
  readonly everyMs: number;
  readonly loud: number;
  readonly shape: OscillatorType;
}

const RECIPES: Readonly<Record<Tone, Recipe>> = {
  ring: {
    notes: [587.3, 740, 880, 740, 587.3, 880].map((pitch, nth) => ({ pitch, at: nth * 0.19, lasts: 0.42 })),
    everyMs: 2_600,
    loud: 0.2,
    shape: 'triangle',
  },
  knock: {
    notes: [880, 660].map((pitch, nth) => ({ pitch, at: nth * 0.16, lasts: 0.2 })),
    everyMs: 4_000,
    loud: 0.07,
    shape: 'sine',
  },
  // As European telephones do.
  back: { notes: [{ pitch: 425, at: 0, lasts: 1 }], everyMs: 4_000, loud: 0.05, shape: 'sine' },
};
const ATTACK_SECONDS = 0.015;
const SILENCE = 0.0001;

/** Browsers let a page be heard only after somebody pressed something in it. */
export function mayBeHeard(): boolean {
  return !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;
}

/** Made here from tones: no file to fetch, nothing of others. */
export function createTones(): Tones {
  let context: AudioContext | undefined;

  function strike({ notes, loud, shape }: Recipe): void {
    if (!mayBeHeard() || typeof AudioContext === 'undefined') return;
    context ??= new AudioContext({ latencyHint: 'interactive' });
    const on = context;
    on.resume().then(
      () => notes.forEach((note) => sound(on, note, { loud, shape })),
      () => undefined,
    );
  }

  return {
    start(tone) {
      const recipe = RECIPES[tone];
      strike(recipe);
      const timer = setInterval(() => strike(recipe), recipe.everyMs);
      return () => {
        clearInterval(timer);
        // What was struck is cut off: it stops with the ring, not after it.
        void context?.close().catch(() => undefined);
        context = undefined;
      };
    },
    stop() {
      void context?.close().catch(() => undefined);
    },
  };
}

function sound(
  context: AudioContext,
  { pitch, at, lasts }: Note,
  { loud, shape }: Pick<Recipe, 'loud' | 'shape'>,
): void {
  if (context.state === 'closed') return;
  const begin = context.currentTime + at;
  const tone = new OscillatorNode(context, { type: shape, frequency: pitch });
  const level = new GainNode(context, { gain: SILENCE });
  level.gain.setValueAtTime(SILENCE, begin);
  level.gain.exponentialRampToValueAtTime(loud, begin + ATTACK_SECONDS);
  level.gain.setValueAtTime(loud, begin + lasts * 0.5);
  level.gain.exponentialRampToValueAtTime(SILENCE, begin + lasts);
  tone.connect(level).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + lasts);
}
