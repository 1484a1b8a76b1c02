import { expect, test } from 'vitest';
import type { WantedEffect } from '../effects/effect.ts';
import { createLocalMedia, type SourceKind } from './local.media.ts';

interface FakeTrack extends MediaStreamTrack {
  readonly end: () => void;
}

interface Listed {
  readonly label: string;
  readonly deviceId: string;
}

function aTrack(kind: 'audio' | 'video', { label, deviceId }: Listed): FakeTrack {
  const target = new EventTarget();
  const track = {
    ...{ kind, label, enabled: true, readyState: 'live' as MediaStreamTrackState },
    addEventListener: target.addEventListener.bind(target),
    stop: () => (track.readyState = 'ended'),
    getSettings: () => ({ deviceId }),
    applyConstraints: () => Promise.resolve(),
    end() {
      track.readyState = 'ended';
      target.dispatchEvent(new Event('ended'));
    },
  };
  return track as unknown as FakeTrack;
}

type Plugged = Readonly<Record<SourceKind, readonly string[]>>;

interface Asked {
  readonly constraints: MediaStreamConstraints;
  readonly answer: () => void;
  readonly refuse: (name: string) => void;
}

/** A computer whose browser asks the test before it gives a device. */
function aComputer(plugged: Plugged = { microphone: ['Headset'], camera: ['Webcam'] }, effect?: WantedEffect) {
  const asked: Asked[] = [];
  const opened: FakeTrack[] = [];
  const devices = new EventTarget();
  let there = plugged;

  /** The id of a device is its label, unless another one has that. */
  function listedAs(kind: SourceKind): Listed[] {
    const labels = there[kind];
    return labels.map((label, nth) => ({ label, deviceId: labels.indexOf(label) === nth ? label : `${label} ${nth}` }));
  }

  function give(kind: SourceKind, wish: MediaStreamConstraints[keyof MediaStreamConstraints]): FakeTrack {
    const id = typeof wish === 'object' ? wish.deviceId : undefined;
    const named = typeof id === 'object' ? (id as ConstrainDOMStringParameters) : {};
    const listed = listedAs(kind);
    const device = listed.find(({ deviceId }) => deviceId === (named.exact ?? named.ideal)) ?? listed[0];
    const track = aTrack(kind === 'microphone' ? 'audio' : 'video', device ?? { label: '', deviceId: '' });
    opened.push(track);
    return track;
  }
  const mediaDevices = Object.assign(devices, {
    getUserMedia: (constraints: MediaStreamConstraints) =>
      new Promise((resolve, reject) => {
        asked.push({
          constraints,
          answer: () =>
            resolve({
              getTracks: () => [
                ...(constraints.audio ? [give('microphone', constraints.audio)] : []),
                ...(constraints.video ? [give('camera', constraints.video)] : []),
              ],
            }),
          refuse: (name) => reject(Object.assign(new Error('no'), { name })),
        });
      }),
    enumerateDevices: () =>
      Promise.resolve([
        ...listedAs('microphone').map((device) => ({ kind: 'audioinput', ...device })),
        ...listedAs('camera').map((device) => ({ kind: 'videoinput', ...device })),
      ]),
  });
  const media = createLocalMedia({
    mediaDevices: mediaDevices as unknown as MediaDevices,
    permissions: undefined,
    kept: () => null,
    keep: () => {},
    keptHabits: () => null,
    keepHabits: () => {},
    effectFor: (kind, { isNoiseReduced, background }) =>
      effect && (kind === 'microphone' ? isNoiseReduced : background !== 'none') ? effect : null,
  });
  return {
    media,
    asked,
    opened,
    live: () => opened.filter(({ readyState }) => readyState === 'live').map(({ label }) => label),
    /** Everything that was asked for is given. */
    async allow(): Promise<void> {
      asked.splice(0).forEach(({ answer }) => answer());
      await settled();
    },
    async plug(now: Plugged): Promise<void> {
      there = now;
      devices.dispatchEvent(new Event('devicechange'));
      await settled();
    },
  };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

// Nothing but its focus is listened to.
globalThis.addEventListener ??= () => {};

const TWO = { microphone: ['Headset', 'Desk'], camera: ['Webcam'] };

test('what was muted stays muted whatever microphone takes its place: chosen, plugged in again, or quietened', async () => {
  const made = aTrack('audio', { label: 'quiet', deviceId: 'quiet' });
  const quiet: WantedEffect = { key: 'noise', start: () => Promise.resolve({ track: made, stop() {} }) };
  const { media, allow, plug, opened } = aComputer(TWO, quiet);
  media.open();
  await allow();
  media.want('microphone', false);
  const tracks = () => {
    const { raw, track } = media.store.getState().microphone;
    return [raw?.label, raw?.enabled, track?.enabled];
  };
  expect(tracks()).toEqual(['Headset', false, false]);
  media.choose('microphone', 'Desk');
  await allow();
  expect(tracks()).toEqual(['Desk', false, false]);
  media.setHabits({ isNoiseReduced: true });
  await settled();
  expect(media.store.getState().microphone.track).toBe(made);
  expect(made.enabled).toBe(false);
  await plug({ ...TWO, microphone: ['Headset'] });
  opened.find(({ label }) => label === 'Desk')?.end();
  await allow();
  await plug(TWO);
  await allow();
  expect(media.store.getState().microphone).toMatchObject({ isWanted: false });
  expect(opened.filter(({ kind, enabled }) => kind === 'audio' && enabled)).toEqual([]);
});

test('of two cameras with one label the one that is chosen is opened, and stays the chosen one', async () => {
  const plugged = { microphone: ['Headset'], camera: ['Webcam', 'Webcam'] };
  const { media, allow, live, plug, opened } = aComputer(plugged);
  media.open();
  await allow();
  const [, second] = media.store.getState().devices.camera;
  media.choose('camera', second?.id ?? '');
  await allow();
  expect(media.store.getState().camera.raw?.getSettings().deviceId).toBe(second?.id);
  expect(media.store.getState().choice.camera).toBe(second?.label);
  const { length } = opened;
  await plug(plugged);
  await allow();
  expect(opened).toHaveLength(length);
  expect(live()).toEqual(['Headset', 'Webcam']);
});

test('every light goes off with the call, also that of what was only just asked for', async () => {
  const { media, allow, live } = aComputer();
  media.open();
  await allow();
  expect(live()).toEqual(['Headset', 'Webcam']);
  media.close();
  expect(live()).toEqual([]);
  media.open();
  media.close();
  await allow();
  expect(live()).toEqual([]);
});

test('a camera that is turned off has ended before anybody hears that it is gone', async () => {
  const { media, allow, opened } = aComputer();
  media.open();
  await allow();
  const seen: (MediaStreamTrackState | undefined)[] = [];
  media.store.subscribe(({ camera }) => {
    if (!camera.track) seen.push(opened.find(({ kind }) => kind === 'video')?.readyState);
  });
  media.want('camera', false);
  expect(new Set(seen)).toEqual(new Set(['ended']));
});

test('a camera that was turned off while it came is not turned on', async () => {
  const { media, allow, live } = aComputer();
  media.open();
  media.want('camera', false);
  await allow();
  expect(live()).toEqual(['Headset']);
  expect(media.store.getState().camera).toMatchObject({ raw: null, track: null, isStarting: false });
});

test('nobody is asked again for what they no longer want', async () => {
  const { media, asked } = aComputer();
  media.open();
  media.close();
  asked[0]?.refuse('NotAllowedError');
  await settled();
  expect(asked).toHaveLength(1);

  const other = aComputer();
  other.media.open();
  other.media.want('camera', false);
  other.asked[0]?.refuse('NotFoundError');
  await settled();
  expect(other.asked.slice(1).map(({ constraints }) => Object.keys(constraints))).toEqual([['audio']]);
});

test('of two that fail together each is asked for alone, and the one that works works', async () => {
  const { media, asked } = aComputer();
  media.open();
  asked[0]?.refuse('NotReadableError');
  await settled();
  asked[1]?.answer();
  await settled();
  asked[2]?.refuse('NotReadableError');
  await settled();
  const { microphone, camera } = media.store.getState();
  expect([microphone.problem, microphone.raw?.label, camera.problem]).toEqual([null, 'Headset', 'in-use']);
});

test('of two choices in a row the last one counts, whichever opens first', async () => {
  const three = { microphone: ['Headset', 'Desk', 'Room'], camera: ['Webcam'] };
  const { media, asked, allow, live } = aComputer(three);
  media.open();
  await allow();
  media.choose('microphone', 'Desk');
  await settled();
  media.choose('microphone', 'Room');
  await settled();
  asked[1]?.answer();
  await settled();
  asked[0]?.answer();
  await settled();
  expect(media.store.getState().microphone.raw?.label).toBe('Room');
  expect(live()).toEqual(['Webcam', 'Room']);
});

test('of a room that is to be hidden nothing leaves before it is hidden, nor when that fails', async () => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const blurred = aTrack('video', { label: 'blurred', deviceId: 'blurred' });
  let isFirst = true;
  const blur: WantedEffect = {
    key: 'blur',
    async start() {
      if (isFirst) await promise;
      isFirst = false;
      return { track: blurred, stop() {} };
    },
  };
  const { media, allow } = aComputer(undefined, blur);
  media.setHabits({ background: 'blur' });
  const left = new Set<string | undefined>();
  media.store.subscribe(({ camera }) => left.add(camera.track?.label));
  media.open();
  await allow();
  reject(new Error('no model'));
  resolve();
  await settled();
  expect(media.store.getState().camera).toMatchObject({ effect: 'failed', track: null });
  isFirst = false;
  media.retry();
  await settled();
  expect(media.store.getState().camera).toMatchObject({ effect: 'on', track: blurred });
  expect(left).toEqual(new Set([undefined, 'blurred']));
});

test('what is plugged in again is used again without a reload', async () => {
  const { media, asked, allow, plug, opened } = aComputer();
  media.open();
  await allow();
  await plug({ microphone: [], camera: ['Webcam'] });
  opened[0]?.end();
  asked.splice(0)[0]?.refuse('NotFoundError');
  await settled();
  expect(media.store.getState().microphone).toMatchObject({ raw: null, problem: 'missing' });
  await plug({ microphone: ['Headset'], camera: ['Webcam'] });
  await allow();
  expect(media.store.getState().microphone).toMatchObject({ problem: null, raw: { label: 'Headset', enabled: true } });
});
