import type { CallRinging, Ring } from '@dialog/shared/calls.ring.values';
import { ringRoutes } from '@dialog/shared/calls.ring';
import { CallId, DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ApiError, type Call } from '../../platform/api.ts';
import { aChatId, aUserId } from '../../testing/ids.ts';
import { createTestClock } from '../../testing/testClock.ts';
import { type CallState, NO_CALL } from '../call.store.ts';
import { beginCall } from '../own/beginCall.ts';
import { createRings } from './rings.ts';

const chatId = aChatId(1);
const deviceId = DeviceId.parse(uuidv7());
const newCallId = () => CallId.parse(uuidv7());

interface Options {
  readonly listed?: readonly Ring[];
  readonly isBusy?: boolean;
  readonly refusal?: 'answered-elsewhere' | 'ringing-unavailable';
}

function aPage({ listed = [], isBusy = false, refusal }: Options = {}) {
  const clock = createTestClock();
  const hearers = new Map<string, (payload: never) => void>();
  const store = createStore<CallState>(() => NO_CALL);
  const did: string[] = [];
  const asked: string[] = [];
  let rings: readonly Ring[] = listed;
  const own = {
    store,
    media: { want: (kind: string, isWanted: boolean) => void did.push(`${kind} ${isWanted ? 'on' : 'off'}`) },
    prepare: () => {},
    closeLobby() {
      did.push('away from the door');
      store.setState({ lobby: null });
    },
    openLobby: (at: typeof chatId) => store.setState({ lobby: { chatId: at, isJoining: false, failure: null } }),
    join({ holding = false } = {}) {
      did.push(holding ? 'join, the other on hold' : 'join');
      const { lobby } = store.getState();
      if (lobby) store.setState({ lobby: { ...lobby, isJoining: true } });
    },
  };
  let connected = (): void => {};
  const page = createRings({
    own,
    deviceId,
    clock,
    call: (async (route: unknown, input?: { readonly body?: { readonly isBusy?: boolean } }) => {
      if (input?.body?.isBusy === true) did.push('said busy');
      const name = Object.entries(ringRoutes).find(([, known]) => known === route)?.[0] ?? '';
      asked.push(name);
      if (name === 'listRings') return { rings, ringing: [] };
      if ((name === 'answerRing' || name === 'declineCall') && refusal) throw new ApiError(refusal);
      return {};
    }) as unknown as Call,
    socket: {
      on(name: string, hear: never) {
        hearers.set(name, hear);
        return () => hearers.delete(name);
      },
      onConnected(hear: () => void) {
        connected = hear;
        return () => {};
      },
    } as never,
    isBusy: async () => isBusy,
    withdrawNotice: (callId) => void did.push(`notice ${callId}`),
  });
  const tell = (name: string, payload: unknown) => hearers.get(name)?.(payload as never);
  const aRing = (callId = newCallId()): Ring => ({
    ...{ callId, chatId, from: aUserId(2), isVideo: true },
    expiresAt: new Date(clock.now() + 45_000).toISOString(),
  });
  const incoming = () => page.store.getState().incoming.map(({ callId }) => callId);
  return {
    ...{ page, clock, own, did, asked, tell, aRing, incoming },
    comeBack(now: readonly Ring[]) {
      rings = now;
      connected();
    },
  };
}

test('what rings says so to the server, and stops by itself when nobody ends it', async () => {
  const { tell, aRing, incoming, asked, clock, did } = aPage();
  const ring = aRing();
  tell('callRang', ring);
  await clock.advance(0);
  expect([incoming(), asked]).toEqual([[ring.callId], ['listRings', 'acknowledgeRing']]);
  await clock.advance(44_000);
  expect(incoming()).toEqual([ring.callId]);
  await clock.advance(1_100);
  expect([incoming(), did]).toEqual([[], [`notice ${ring.callId}`]]);
});

test.each([-60_000, 60_000])('a device whose clock is wrong by %i ms rings, and not for ever', async (wrongMs) => {
  const { tell, aRing, incoming, clock } = aPage();
  const ring = aRing();
  tell('callRang', { ...ring, expiresAt: new Date(Date.parse(ring.expiresAt) + wrongMs).toISOString() });
  await clock.advance(40_000);
  expect(incoming()).toEqual([ring.callId]);
  await clock.advance(21_000);
  expect(incoming()).toEqual([]);
});

test('who answers goes in with the camera as chosen, and holds the call they were in if they wish', async () => {
  const { page, own, tell, aRing, clock, did, incoming } = aPage();
  own.store.setState({ active: beginCall({ chatId: aChatId(9), callId: newCallId(), startedAt: '' }) });
  const ring = aRing();
  tell('callRang', ring);
  await page.answer(ring.callId, { hasCamera: false, how: 'hold' });
  await clock.advance(0);
  expect(did).toEqual(['camera off', 'join, the other on hold']);
  own.store.setState({ active: beginCall({ chatId, callId: ring.callId, startedAt: '' }) });
  expect(incoming()).toEqual([]);
});

test('a device whose person is in another call rings all the same, and says that it is busy', async () => {
  const { tell, aRing, clock, did, incoming } = aPage({ isBusy: true });
  const ring = aRing();
  tell('callRang', ring);
  await clock.advance(0);
  expect([did, incoming()]).toEqual([['said busy'], [ring.callId]]);
});

test('two who call each other are in one call: whoever is in it hears no ring of it, and has answered', async () => {
  const { own, tell, aRing, clock, asked, incoming } = aPage();
  const ring = aRing();
  own.store.setState({ active: beginCall({ chatId, callId: ring.callId, startedAt: '' }) });
  tell('callRang', ring);
  await clock.advance(0);
  expect(incoming()).toEqual([]);
  expect(asked).toContain('answerRing');
  expect(asked).not.toContain('acknowledgeRing');
});

test('whoever declines hears nothing of it from then on, whether or not the server does; another call rings on', async () => {
  const { page, tell, aRing, clock, asked, did, incoming } = aPage({ refusal: 'answered-elsewhere' });
  const [unwanted, other] = [aRing(), aRing()];
  tell('callRang', unwanted);
  tell('callRang', other);
  await page.decline(unwanted.callId);
  expect([incoming(), did]).toEqual([[other.callId], [`notice ${unwanted.callId}`]]);
  expect(asked).toContain('declineCall');
  tell('callRingEnded', { callId: unwanted.callId, reason: 'declined', deviceId: null });
  await clock.advance(0);
  expect([incoming(), page.store.getState().note]).toEqual([[other.callId], null]);
});

test('what somebody writes in place of an answer outlives the ringing, until it is sent or thrown away', async () => {
  const { page, tell, aRing, clock, incoming, asked } = aPage();
  const ring = aRing();
  tell('callRang', ring);
  const [rung = null] = page.store.getState().incoming;
  page.write(rung);
  tell('callRingEnded', { callId: ring.callId, reason: 'ended', deviceId: null });
  tell('callRang', aRing());
  await clock.advance(60_000);
  expect([incoming(), page.store.getState().written?.callId]).toEqual([[], ring.callId]);
  await page.decline(ring.callId);
  expect(asked).toContain('declineCall');
  page.write(null);
  expect(page.store.getState().written).toBe(null);
});

test('who answers second is not in the call, and is told why', async () => {
  const { page, tell, aRing, did, incoming } = aPage({ refusal: 'answered-elsewhere' });
  const ring = aRing();
  tell('callRang', ring);
  await page.answer(ring.callId, { hasCamera: true, how: 'leave' });
  expect(did).toEqual(['camera on', 'join', `notice ${ring.callId}`, 'away from the door']);
  expect(incoming()).toEqual([]);
  expect(page.store.getState().note).toEqual({ callId: ring.callId, what: 'over' });
});

test('who answers second and stands at another door by then stays there', async () => {
  const { page, own, tell, aRing, did } = aPage({ refusal: 'answered-elsewhere' });
  const ring = aRing();
  tell('callRang', ring);
  const answering = page.answer(ring.callId, { hasCamera: true, how: 'leave' });
  own.openLobby(aChatId(9));
  await answering;
  expect(did).not.toContain('away from the door');
  expect(own.store.getState().lobby?.chatId).toBe(aChatId(9));
});

test('nobody leaves the call they are in for one that another device of theirs has answered', async () => {
  const { page, own, tell, aRing, did } = aPage({ refusal: 'answered-elsewhere' });
  own.store.setState({ active: beginCall({ chatId: aChatId(9), callId: newCallId(), startedAt: '' }) });
  const ring = aRing();
  tell('callRang', ring);
  await page.answer(ring.callId, { hasCamera: true, how: 'leave' });
  expect(did).not.toContain('join');
});

test('where the server cannot say who is first, whoever answers may go in', async () => {
  const { page, tell, aRing, did } = aPage({ refusal: 'ringing-unavailable' });
  const ring = aRing();
  tell('callRang', ring);
  await page.answer(ring.callId, { hasCamera: true, how: 'leave' });
  expect(did).toContain('join');
});

test('an answer on another device stops it here; one on this device goes on into the call', async () => {
  const { page, tell, aRing, incoming } = aPage();
  const [theirs, mine] = [aRing(), aRing()];
  tell('callRang', theirs);
  tell('callRingEnded', { callId: theirs.callId, reason: 'answered', deviceId: DeviceId.parse(uuidv7()) });
  expect([incoming(), page.store.getState().note?.what]).toEqual([[], 'elsewhere']);
  tell('callRang', mine);
  const answering = page.answer(mine.callId, { hasCamera: true, how: 'leave' });
  tell('callRingEnded', { callId: mine.callId, reason: 'answered', deviceId });
  await answering;
  expect(incoming()).toEqual([mine.callId]);
});

test('whoever joins by another door has answered, so that their other devices stop', async () => {
  const { own, tell, aRing, asked, incoming } = aPage();
  const ring = aRing();
  tell('callRang', ring);
  own.store.setState({ active: beginCall({ chatId, callId: ring.callId, startedAt: '' }) });
  expect([incoming(), asked.includes('answerRing')]).toEqual([[], true]);
});

test('a device that comes back rings what rings, and stops what is over', async () => {
  const { tell, aRing, comeBack, incoming, clock } = aPage();
  const [over, fresh] = [aRing(), aRing()];
  tell('callRang', over);
  comeBack([fresh]);
  await clock.advance(0);
  expect(incoming()).toEqual([fresh.callId]);
});

test('whoever is let in nowhere finds no card in the way of what the door says', async () => {
  const { page, own, tell, aRing, incoming } = aPage();
  const ring = aRing();
  tell('callRang', ring);
  await page.answer(ring.callId, { hasCamera: true, how: 'leave' });
  own.store.setState({ lobby: { chatId, isJoining: false, failure: 'no-media' } });
  expect(incoming()).toEqual([]);
});

test('somebody who is asked once more begins anew', async () => {
  const { page, tell, clock } = aPage();
  const callId = newCallId();
  const ringing = (state: CallRinging['asked'][number]['state']): CallRinging => ({
    ...{ callId, chatId, isPossible: true },
    asked: [{ userId: aUserId(2), state, devices: 0, expiresAt: '2026-01-01T00:00:45.000Z' }],
  });
  const since = () => page.store.getState().outgoing.get(callId)?.asked[0]?.since;
  tell('callRingChanged', ringing('unreachable'));
  const first = since();
  await clock.advance(45_000);
  tell('callRingChanged', ringing('missed'));
  expect(since()).toBe(first);
  tell('callRingChanged', ringing('unreachable'));
  expect(since()).toBe(clock.now());
});
