import { expect, test } from 'vitest';
import { pick, readChoice, sortDevices } from './devices.choice.ts';
import { problemOf } from './devices.problems.ts';

const cameras = [
  { id: '1', label: 'Built-in' },
  { id: '2', label: 'Desk camera' },
];

test('a chosen device is found again by its label, whatever its id is today', () => {
  expect(pick(cameras, 'Desk camera')?.id).toBe('2');
  expect(pick(cameras, 'unplugged')?.id).toBe('1');
  expect(pick([], 'Desk camera')).toBeUndefined();
});

test('what was remembered and cannot be read is no choice', () => {
  expect(readChoice(null)).toEqual({});
  expect(readChoice('{')).toEqual({});
  expect(readChoice('{"camera":7}')).toEqual({});
  expect(readChoice('{"camera":"Desk camera"}')).toEqual({ camera: 'Desk camera' });
});

test('devices without a name, as browsers list them before permission, are not offered', () => {
  const devices = sortDevices([
    { kind: 'audioinput', deviceId: '', label: '' },
    { kind: 'audioinput', deviceId: 'm', label: 'Microphone' },
    { kind: 'videoinput', deviceId: 'c', label: 'Camera' },
    { kind: 'audiooutput', deviceId: 's', label: 'Speaker' },
  ]);
  expect(devices).toEqual({
    microphone: [{ id: 'm', label: 'Microphone' }],
    camera: [{ id: 'c', label: 'Camera' }],
    speaker: [{ id: 's', label: 'Speaker' }],
  });
});

test.each([
  ['NotAllowedError', 'Permission denied', 'blocked'],
  ['NotAllowedError', 'Permission denied by system', 'blocked-by-system'],
  ['NotFoundError', '', 'missing'],
  ['OverconstrainedError', '', 'missing'],
  ['NotReadableError', 'Could not start video source', 'in-use'],
  ['TypeError', '', 'failed'],
])('%s (%s) is said to people as "%s"', (name, message, problem) => {
  expect(problemOf(Object.assign(new Error(message), { name }))).toBe(problem);
});
