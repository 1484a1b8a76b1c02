import { expect, test } from 'vitest';
import { isMicrophoneChord } from './useMicrophoneChord.ts';

const NONE = { key: 'M', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test('Ctrl, or ⌘ on a Mac, with Shift and M is the microphone’s; less or more is not', () => {
  expect(isMicrophoneChord({ ...NONE, ctrlKey: true, shiftKey: true })).toBe(true);
  expect(isMicrophoneChord({ ...NONE, metaKey: true, shiftKey: true, key: 'm' })).toBe(true);
  for (const less of [
    { shiftKey: true },
    { ctrlKey: true },
    { ctrlKey: true, shiftKey: true, altKey: true },
    { ctrlKey: true, metaKey: true, shiftKey: true },
    { ctrlKey: true, shiftKey: true, key: 'N' },
  ])
    expect(isMicrophoneChord({ ...NONE, ...less })).toBe(false);
});
