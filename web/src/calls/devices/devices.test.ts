import { expect, test } from 'vitest';
import { chosenSpeaker, labelOf, pick, readChoice, sortDevices, substituteOf } from './devices.choice.ts';
import { browserOf, problemOf, wayOutOf } from './devices.problems.ts';
import { readHabits } from './habits.ts';

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

test('of two with the same label each has a name of its own, and a track is known by its device', () => {
  const { camera } = sortDevices(
    ['left', 'right', 'third'].map((deviceId) => ({ kind: 'videoinput', deviceId, label: 'Webcam' })),
  );
  expect(camera.map(({ label }) => label)).toEqual(['Webcam', 'Webcam (2)', 'Webcam (3)']);
  const from = (deviceId: string) => ({ label: 'Webcam', getSettings: () => ({ deviceId }) });
  expect(labelOf(from('right'), camera)).toBe('Webcam (2)');
  expect(labelOf(from('unlisted'), camera)).toBe('Webcam');
  expect(labelOf(null, camera)).toBeUndefined();
});

test.each([
  ['NotAllowedError', 'Permission denied', 'blocked'],
  ['NotAllowedError', 'Permission denied by system', 'blocked-by-system'],
  ['NotAllowedError', 'Permission dismissed', 'dismissed'],
  ['NotAllowedError', 'Access to the feature "camera" is disallowed by Permissions Policy', 'blocked-by-site'],
  ['NotFoundError', '', 'missing'],
  ['OverconstrainedError', '', 'missing'],
  ['NotReadableError', 'Could not start video source', 'in-use'],
  ['TypeError', '', 'failed'],
])('%s (%s) is said to people as "%s"', (name, message, problem) => {
  expect(problemOf(Object.assign(new Error(message), { name }))).toBe(problem);
});

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15';

test.each([
  {
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`,
    fingers: 0,
    browser: 'chromium',
    system: 'windows',
  },
  {
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
    fingers: 5,
    browser: 'chromiumPhone',
    system: 'android',
  },
  {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    fingers: 0,
    browser: 'firefox',
    system: 'linux',
  },
  {
    userAgent: 'Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0',
    fingers: 5,
    browser: 'firefoxPhone',
    system: 'android',
  },
  {
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI}`,
    fingers: 0,
    browser: 'safari',
    system: 'mac',
  },
  {
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI}`,
    fingers: 5,
    browser: 'safariPhone',
    system: 'ios',
  },
  {
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) CriOS/150.0 Mobile Safari/604.1',
    fingers: 5,
    browser: 'safariPhone',
    system: 'ios',
  },
])('the way out is that of $browser and $system for $userAgent ($fingers fingers)', (one) => {
  const { userAgent, fingers, browser, system } = one;
  const known = browserOf(userAgent, fingers);
  expect(known).toEqual({ browser, system });
  expect(wayOutOf('blocked', known)).toBe(`wayOut-${browser}`);
  expect(wayOutOf('blocked-by-system', known)).toBe(`wayOut-${system}`);
  expect(wayOutOf('in-use', known)).toBeNull();
});

test('an unplugged device is named together with the one that serves meanwhile', () => {
  const desk = { chosen: 'Desk camera', inUse: 'Built-in' };
  expect(substituteOf([{ id: '1', label: 'Built-in' }], desk)).toEqual({
    missing: 'Desk camera',
    used: 'Built-in',
    isPlugged: false,
  });
  expect(substituteOf(cameras, desk)?.isPlugged).toBe(true);
  expect(substituteOf(cameras, { chosen: 'Desk camera', inUse: 'Desk camera' })).toBeNull();
  expect(substituteOf(cameras, { chosen: undefined, inUse: 'Built-in' })).toBeNull();
  expect(substituteOf([], { chosen: 'Desk camera', inUse: undefined })).toBeNull();
});

test('sound goes to the chosen speaker, to the system’s own while that is unplugged, and nowhere else by itself', () => {
  const devices = { microphone: [], camera: [], speaker: [{ id: 's', label: 'Headset' }] };
  expect(chosenSpeaker({ devices, choice: {} })).toBeUndefined();
  expect(chosenSpeaker({ devices, choice: { speaker: 'Headset' } })).toBe('s');
  expect(chosenSpeaker({ devices, choice: { speaker: 'Hall' } })).toBe('default');
});

test('habits that an older version kept, or something else did, do no harm', () => {
  expect(readHabits(null)).toMatchObject({ background: 'none', isPushToTalk: false });
  expect(readHabits('{"background":"blur"}')).toMatchObject({ background: 'blur', isNoiseReduced: false });
  expect(readHabits('{"background":"space"}')).toMatchObject({ background: 'none' });
});
