import type { CallSignal } from '@dialog/shared/calls.direct.values';
import { type EntryAddress, EntryId } from '@dialog/shared/calls.values';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { again, alone, anEntry, aWay, Connection, peopleOf, together, type Way } from '../../../testing/directWay.ts';

const OFFER: CallSignal = { kind: 'description', type: 'offer', sdp: 'offer' };

beforeEach(() => {
  Connection.all.length = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  vi.stubGlobal('RTCPeerConnection', Connection);
  vi.stubGlobal('MediaStream', EventTarget);
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => null });
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('who comes first says so at once, and is in when the server counts them in', async () => {
  const way = await aWay();
  let isIn = false;
  void way.connect().then(() => (isIn = true));
  expect(way.beats()).toBe(1);
  await way.clock.advance(100);
  expect(isIn).toBe(false);
  way.names(way.me);
  await way.clock.advance(0);
  expect(isIn).toBe(true);
  expect(way.people()).toEqual(peopleOf(way.me));
  expect(Connection.all.every(({ isClosed }) => !isClosed)).toBe(true);
});

test('who comes where somebody is speaks to them first, and then says that they are there', async () => {
  const anna = anEntry();
  const way = await aWay({ others: [anna] });
  void way.connect();
  await way.clock.advance(0);
  expect(way.said()).toMatchObject([{ to: anna, signal: { kind: 'description', type: 'offer' } }]);
  expect(way.beats()).toBe(1);
  way.names(anna, way.me);
  await way.clock.advance(1_000);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
  expect(Connection.all).toHaveLength(1);
});

test('whoever speaks is there, were they named by the server or not', async () => {
  const way = await alone();
  const anna = anEntry();
  way.hears(anna, OFFER);
  await way.clock.advance(1_000);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
  way.names(way.me, anna);
  await way.clock.advance(1_000);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
  expect(Connection.all.map(({ remoteDescription }) => remoteDescription?.sdp)).toEqual(['offer']);
});

test.each([
  ['by the server', (way: Way, anna: EntryAddress) => way.hears(anna, { kind: 'bye' })],
  ['by the connection', () => Connection.all[0]?.hears({ kind: 'bye' })],
] as const)('who says goodbye %s has left, and is not met again by what is told late', async (_how, leave) => {
  const { way, anna } = await together();
  leave(way, anna);
  expect(way.told).toEqual(['left']);
  expect(way.people()).toEqual(peopleOf(way.me));
  expect(Connection.all[0]?.isClosed).toBe(true);
  way.names(way.me, anna);
  way.hears(anna, OFFER);
  await way.clock.advance(5_000);
  expect(way.people()).toEqual(peopleOf(way.me));
  expect(Connection.all).toHaveLength(1);
  expect(way.told).toEqual(['left']);
});

test('whom the server no longer hears is spoken to on, and found by the same connection when it hears them again', async () => {
  const { way, anna } = await together();
  way.names(way.me);
  await way.clock.advance(20_000);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
  way.names(way.me, anna);
  expect(Connection.all.map(({ isClosed }) => isClosed)).toEqual([false]);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
  // And they are waited for as before when they are lost.
  vi.advanceTimersByTime(3_000);
  expect(Connection.all[0]?.isClosed).toBe(false);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
});

test('whoever was taken out, as by a sign-out or a block, is heard no more, though the connection is up', async () => {
  const { way } = await together();
  way.admits(way.me);
  expect(Connection.all.map(({ isClosed }) => isClosed)).toEqual([true]);
  expect(way.people()).toEqual(peopleOf(way.me));
  expect(way.told).toEqual([]);
});

test('whom neither the server hears nor this device is gone, and comes back only by another entry', async () => {
  const { way, anna } = await together();
  way.names(way.me);
  vi.advanceTimersByTime(3_000);
  expect(Connection.all[0]?.isClosed).toBe(true);
  expect(way.people()).toEqual(peopleOf(way.me));
  // They have a connection still of which this device has no other end: both need a new one.
  way.names(way.me, anna);
  expect(way.told).toEqual(['lost']);
  expect(Connection.all).toHaveLength(1);
  way.names(way.me, again(anna));
  expect(Connection.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('whom the server no longer names while there is no way to them is gone', async () => {
  const { way } = await together();
  Connection.all[0]?.ends();
  way.names(way.me);
  expect(Connection.all[0]?.isClosed).toBe(true);
  expect(way.people()).toEqual(peopleOf(way.me));
});

test('who comes again is met by a connection of their own, and the one before is closed', async () => {
  const { way, anna } = await together();
  way.names(way.me, again(anna));
  expect(Connection.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(way.told).toEqual([]);
  await way.clock.advance(1_000);
  expect(way.people()).toEqual(peopleOf(way.me, anna));
});

test('who closes the connection without a word is looked for by a new entry', async () => {
  const { way } = await together();
  Connection.all[0]?.ends();
  await way.clock.advance(900);
  expect(way.told).toEqual([]);
  await way.clock.advance(200);
  expect(way.told).toEqual(['lost']);
});

test.each([
  ['says goodbye a moment later', (way: Way, anna: EntryAddress) => way.hears(anna, { kind: 'bye' }), ['left']],
  ['is no longer in the call', (way: Way) => way.names(way.me), []],
  ['comes again', (way: Way, anna: EntryAddress) => way.names(way.me, again(anna)), []],
] as const)('who closes the connection and %s is not looked for', async (_what, then, told) => {
  const { way, anna } = await together();
  Connection.all[0]?.ends();
  then(way, anna);
  await way.clock.advance(5_000);
  expect(way.told).toEqual(told);
});

test('an entry of which the server does not know any more is said once more, and is lost if that is of no use', async () => {
  const { way, anna } = await together();
  way.names(anna);
  expect([way.beats(), way.told]).toEqual([2, []]);
  way.names(way.me, anna);
  way.names(anna);
  expect([way.beats(), way.told]).toEqual([3, []]);
  way.names();
  expect(way.told).toEqual(['lost']);
  expect(Connection.all[0]?.isClosed).toBe(false);
});

test('what is told of an earlier entry of this device refuses nobody', async () => {
  for (const late of [[], [anEntry(), 'earlier'] as const]) {
    const earlier = EntryId.parse(uuidv7());
    const way = await aWay();
    const isIn = way.connect();
    way.names(...late.map((one) => (one === 'earlier' ? { ...way.me, entryId: earlier } : one)));
    way.names(way.me);
    await expect(isIn).resolves.toBeUndefined();
    expect(way.told).toEqual([]);
    way.transport.close();
  }
});

test('who is not let in hears so, and so does whom nobody answers', async () => {
  const refused = await aWay();
  const isIn = refused.connect();
  refused.names();
  refused.names();
  await expect(isIn).rejects.toThrow('calls-unavailable');

  const unanswered = await aWay();
  const waiting = unanswered.connect();
  waiting.catch(() => {});
  await unanswered.clock.advance(8_000);
  await expect(waiting).rejects.toThrow('timeout');
});

test('a device that comes in anew by another page is told to the page before', async () => {
  const { way, anna } = await together();
  way.names({ ...way.me, entryId: EntryId.parse(uuidv7()) }, anna);
  expect(way.told).toEqual(['replaced']);
});

test('who leaves says goodbye by both ways, and hears no more', async () => {
  const { way, anna } = await together();
  way.transport.close();
  expect(way.said().at(-1)).toMatchObject({ to: anna, signal: { kind: 'bye' } });
  expect(Connection.all[0]).toMatchObject({ isClosed: true });
  expect(Connection.all[0]?.said).toContainEqual({ kind: 'bye' });
  const beats = way.beats();
  way.names(way.me);
  way.hears(anna, OFFER);
  vi.advanceTimersByTime(60_000);
  await way.clock.advance(60_000);
  expect(way.beats()).toBe(beats);
  expect(way.told).toEqual([]);
  expect(Connection.all).toHaveLength(1);
});
