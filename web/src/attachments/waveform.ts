import { WAVEFORM_BARS } from '@dialog/shared/attachments';

/**
 * The loudness of a recording in WAVEFORM_BARS bars of 0 to 255, the loudest part the highest bar: whoever speaks softly
 * should see their words as well.
 */
export function waveformOf(samples: Float32Array | readonly number[]): number[] {
  const bars = Array.from({ length: WAVEFORM_BARS }, (_, bar) => {
    const from = Math.floor((bar * samples.length) / WAVEFORM_BARS);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * samples.length) / WAVEFORM_BARS));
    return loudnessOf(samples, from, Math.min(to, samples.length));
  });
  const loudest = Math.max(...bars);
  // Silence is not to be blown up into noise.
  const full = Math.max(loudest, QUIET);
  return bars.map((bar) => Math.round((bar / full) * 255));
}

const QUIET = 0.01;

function loudnessOf(samples: ArrayLike<number>, from: number, to: number): number {
  let power = 0;
  for (let at = from; at < to; at += 1) power += (samples[at] ?? 0) ** 2;
  return to > from ? Math.sqrt(power / (to - from)) : 0;
}

export function toBase64(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes));
}
