import { UploadMetadata, WAVEFORM_BARS } from '@dialog/shared/attachments';
import { expect, test } from 'vitest';
import { toBase64, waveformOf } from './waveform.ts';

function aTone(seconds: number, loudness: (at: number) => number): Float32Array {
  return Float32Array.from({ length: seconds * 8_000 }, (_, index) => Math.sin(index) * loudness(index / 8_000));
}

test('loud parts are high and soft parts low, however loud the whole is', () => {
  const loud = waveformOf(aTone(2, (at) => (at < 1 ? 0.8 : 0.2)));
  const soft = waveformOf(aTone(2, (at) => (at < 1 ? 0.08 : 0.02)));
  expect(loud).toHaveLength(WAVEFORM_BARS);
  expect(loud[0]).toBeGreaterThan(240);
  expect(loud.at(-1)).toBeLessThan(80);
  soft.forEach((bar, index) => expect(Math.abs(bar - (loud[index] ?? 0))).toBeLessThanOrEqual(2));
});

test('silence is flat, and fewer samples than bars still make all bars', () => {
  expect(new Set(waveformOf(new Float32Array(8_000)))).toEqual(new Set([0]));
  expect(waveformOf([0.5, 0.1])).toHaveLength(WAVEFORM_BARS);
  expect(waveformOf([])).toEqual(Array.from({ length: WAVEFORM_BARS }, () => 0));
});

test('a waveform goes up in the form that the contract takes', () => {
  const { waveform } = UploadMetadata.shape;
  expect(waveform.safeParse(toBase64(waveformOf(aTone(1, () => 0.5)))).success).toBe(true);
});
