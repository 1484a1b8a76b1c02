/** Two soft tones, in Hz, and how long each is heard, in seconds. */
const TONES = [587.3, 880] as const;
const TONE_SECONDS = 0.35;
const BETWEEN_SECONDS = 0.12;
/** Beside speech it should be heard and startle nobody. */
const VOLUME = 0.08;
const SILENCE = 0.0001;

let context: AudioContext | undefined;

/** Somebody would like to speak. Nothing where the browser lets no page be heard. */
export function chime(): void {
  context ??= new AudioContext();
  for (const [index, frequency] of TONES.entries()) {
    const from = context.currentTime + index * BETWEEN_SECONDS;
    const loudness = new GainNode(context, { gain: SILENCE });
    loudness.gain.exponentialRampToValueAtTime(VOLUME, from + 0.02);
    loudness.gain.exponentialRampToValueAtTime(SILENCE, from + TONE_SECONDS);
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(loudness).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_SECONDS);
  }
}
