import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTestClock } from '../../../testing/testClock.ts';
import type { Limits, Outgoing } from '../media.transport.ts';
import { createDirectLink } from './direct.link.ts';

const FULL: Limits = { sent: 'full', received: 'full' };
const CAMERA = { kind: 'video' } as MediaStreamTrack;
const ON: Outgoing = { microphone: null, isMuted: true, camera: CAMERA, screen: null };

let fake: ReturnType<typeof aConnection>;
beforeEach(() => {
  fake = aConnection();
  vi.stubGlobal('MediaStream', EventTarget);
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => null });
});
afterEach(() => vi.unstubAllGlobals());

test('a camera is sent as the other side has room for it, and as this side has, whichever is less', async () => {
  const { link, clock } = aLink();
  fake.opens();
  link.send(ON, FULL);
  await clock.advance(500);
  expect(fake.camera()).toMatchObject({ track: CAMERA, maxBitrate: 1_700_000 });
  fake.hears({ kind: 'wants', camera: 'small' });
  await clock.advance(0);
  expect(fake.camera()).toMatchObject({ track: CAMERA, maxBitrate: 160_000, scaleResolutionDownBy: 4 });
  fake.hears({ kind: 'wants', camera: 'none' });
  await clock.advance(0);
  expect(fake.camera().track).toBeNull();
  expect(fake.said('sends').at(-1)).toMatchObject({ camera: false });
  fake.hears({ kind: 'wants', camera: 'full' });
  link.send(ON, { ...FULL, sent: 'small' });
  await clock.advance(0);
  expect(fake.camera()).toMatchObject({ track: CAMERA, maxBitrate: 160_000 });
  link.close();
});

test('how much room there is for the other one’s camera is said when the way is open, and at each change', () => {
  const { link } = aLink();
  link.send(ON, { ...FULL, received: 'small' });
  fake.opens();
  link.send(ON, { ...FULL, received: 'small' });
  link.send(ON, { ...FULL, received: 'none' });
  expect(fake.said('wants').map(({ camera }) => camera)).toEqual(['small', 'none']);
  link.close();
});

test('a way that fails only until more candidates are there is not looked for anew; one that stays lost is', async () => {
  const { link, clock } = aLink();
  fake.becomes('failed');
  await clock.advance(500);
  fake.becomes('connecting');
  await clock.advance(1_500);
  expect(fake.restarts()).toBe(0);
  fake.becomes('failed');
  await clock.advance(1_000);
  expect(fake.restarts()).toBe(1);
  link.close();
});

function aLink() {
  const clock = createTestClock();
  const nothing = (): void => {};
  const link = createDirectLink({
    connection: fake.connection as unknown as RTCPeerConnection,
    ...{ me: 'anna', other: 'ben', isBeginning: true, refresh: () => Promise.resolve({}), clock },
    ...{ send: nothing, told: nothing, changed: nothing, linkChanged: nothing, stuck: nothing, compared: nothing },
    ...{ left: nothing, ended: nothing },
  });
  return { link, clock };
}

/** As much of a connection as a link asks for, and what the test does to it. */
function aConnection() {
  const target = new EventTarget();
  const channel = Object.assign(new EventTarget(), {
    readyState: 'connecting',
    send: (data: string) => said.push(data),
  });
  const said: string[] = [];
  const places: ReturnType<typeof aPlace>[] = [];
  let restarts = 0;
  const connection = Object.assign(target, {
    connectionState: 'new',
    signalingState: 'stable',
    localDescription: null,
    remoteDescription: null,
    createDataChannel: () => channel,
    addTransceiver() {
      const place = aPlace();
      places.push(place);
      return place;
    },
    setConfiguration() {},
    restartIce: () => (restarts += 1),
    close() {},
  });
  return {
    connection,
    opens() {
      channel.readyState = 'open';
      channel.dispatchEvent(new Event('open'));
    },
    hears: (message: object) => channel.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) })),
    becomes(state: RTCPeerConnectionState) {
      connection.connectionState = state;
      target.dispatchEvent(new Event('connectionstatechange'));
    },
    said: (kind: string) =>
      said.map((text) => JSON.parse(text) as Record<string, unknown>).filter((message) => message['kind'] === kind),
    /** What goes into the place of the camera, and how. */
    camera: () => ({ track: places[1]?.sender.track, ...places[1]?.encoding }),
    restarts: () => restarts,
  };
}

function aPlace() {
  const encoding: RTCRtpEncodingParameters = {};
  const sender = {
    track: null as MediaStreamTrack | null,
    async replaceTrack(track: MediaStreamTrack | null) {
      sender.track = track;
    },
    getParameters: () => ({ encodings: [encoding], codecs: [] }),
    async setParameters() {},
  };
  return { encoding, sender, receiver: { getSynchronizationSources: () => [] } };
}
