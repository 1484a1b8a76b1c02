import type { CallWay } from '@dialog/shared/calls.values';
import { CallId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { aChatId } from '../../testing/ids.ts';
import { createTestClock } from '../../testing/testClock.ts';
import { type CallState, NO_CALL } from '../call.store.ts';
import { beginCall } from '../own/beginCall.ts';
import type { Flow, Limits } from '../transport/media.transport.ts';
import { createCallQuality } from './call.quality.ts';

test('a link that loses a third: the camera goes small and then away, and comes back by itself', async () => {
  const world = inCall();
  world.lossPercent = 33;
  await world.clock.advance(20_000);
  expect(world.quality.store.getState().verdict).toMatchObject({ kind: 'sent' });
  expect(world.limits.map(({ sent }) => sent)).toEqual(['small', 'none']);
  world.lossPercent = 0;
  await world.clock.advance(60_000);
  expect(world.limits.at(-1)).toEqual({ sent: 'full', received: 'full' });
  expect(world.quality.store.getState().verdict).toEqual({ kind: 'good' });
  expect(world.said).toEqual([true, false]);
});

test('who insists on their camera keeps it for this call', async () => {
  const world = inCall();
  world.lossPercent = 33;
  await world.clock.advance(20_000);
  world.quality.insist();
  await world.clock.advance(20_000);
  expect(world.limits.at(-1)).toEqual({ sent: 'full', received: 'full' });
});

test('after the call it is said what was lost and when, and that once', async () => {
  const world = inCall();
  await world.clock.advance(10_000);
  world.lossPercent = 12;
  await world.clock.advance(40_000);
  world.lossPercent = 0;
  await world.clock.advance(10_000);
  world.leave();
  const { report } = world.quality.store.getState();
  expect(report?.spells).toMatchObject([{ kind: 'sent' }]);
  const [spell] = report?.spells ?? [];
  expect(spell?.loss).toBeCloseTo(0.12, 1);
  expect(((spell?.endedAt ?? 0) - (spell?.startedAt ?? 0)) / 1_000).toBeCloseTo(40, -1);
  world.quality.dismissReport();
  expect(world.quality.store.getState().report).toBeNull();
});

test('a call in which it was said that all comes late, or that there is little room, was not good throughout', async () => {
  const slow = inCall();
  slow.figures.roundTripMs = 900;
  await slow.clock.advance(60_000);
  expect(slow.quality.store.getState().verdict.kind).toBe('slow');
  slow.figures.roundTripMs = 20;
  await slow.clock.advance(60_000);
  slow.leave();
  const [spell, ...others] = slow.quality.store.getState().report?.spells ?? [];
  expect(spell?.kind).toBe('slow');
  expect(((spell?.endedAt ?? 0) - (spell?.startedAt ?? 0)) / 1_000).toBeCloseTo(60, -1);
  expect(others).toEqual([]);

  const narrow = inCall();
  narrow.figures.isNarrow = true;
  narrow.goDirectly();
  await narrow.clock.advance(60_000);
  narrow.leave();
  expect(narrow.quality.store.getState().report?.spells).toMatchObject([{ kind: 'narrowBetween' }]);
});

test('a good call has a good report, a short one none, and one that was cut off says so', async () => {
  const good = inCall();
  await good.clock.advance(60_000);
  good.leave();
  expect(good.quality.store.getState().report).toEqual({ spells: [] });

  const short = inCall();
  await short.clock.advance(10_000);
  short.leave();
  expect(short.quality.store.getState().report).toBeNull();

  const cut = inCall();
  await cut.clock.advance(10_000);
  cut.link('lost');
  await cut.clock.advance(8_000);
  cut.link('up');
  cut.leave();
  expect(cut.quality.store.getState().report?.spells).toMatchObject([{ kind: 'lost' }]);
});

test('a direct way that was gone is not said to have been gone on my side', async () => {
  const world = inCall();
  world.goDirectly();
  await world.clock.advance(10_000);
  world.link('lost', 'direct');
  await world.clock.advance(8_000);
  world.leave();
  expect(world.quality.store.getState().report?.spells).toMatchObject([{ kind: 'lostBetween' }]);
});

test('in a direct call neither side says that it is the other one, also afterwards', async () => {
  const world = inCall();
  world.goDirectly();
  world.lossPercent = 12;
  await world.clock.advance(30_000);
  expect(world.quality.store.getState().verdict).toMatchObject({ kind: 'between' });
  expect(world.said).toEqual([]);
  world.leave();
  expect(world.quality.store.getState().report?.spells).toMatchObject([{ kind: 'between' }]);
});

test('what was measured before the way was lost counts no more for the one that was found', async () => {
  const world = inCall();
  world.lossPercent = 40;
  await world.clock.advance(4_000);
  world.link('lost');
  await world.clock.advance(1_000);
  world.link('up');
  await world.clock.advance(4_000);
  expect(world.quality.store.getState().verdict).toEqual({ kind: 'good' });
});

test('outside a call nothing is measured', async () => {
  const world = inCall();
  world.leave();
  const asked = world.asked;
  await world.clock.advance(60_000);
  expect(world.asked).toBe(asked);
});

function inCall() {
  const clock = createTestClock();
  const call = {
    chatId: aChatId(1),
    callId: CallId.parse(uuidv7()),
    startedAt: '2026-01-01T00:00:00.000Z',
    isSealed: false,
  };
  const store = createStore<CallState>(() => NO_CALL);
  const limits: Limits[] = [];
  const said: boolean[] = [];
  let [packets, lost, lookedAt] = [0, 0, clock.now()];
  const figures = { roundTripMs: 20, isNarrow: false };
  const world = {
    clock,
    limits,
    said,
    asked: 0,
    lossPercent: 0,
    figures,
    quality: createCallQuality({
      clock,
      own: {
        store,
        limit: (next) => void limits.push(next),
        sayLinkIsPoor: (isPoor) => void said.push(isPoor),
        async measure() {
          world.asked += 1;
          const passed = (clock.now() - lookedAt) / 10;
          lookedAt = clock.now();
          packets += passed;
          lost += (passed * world.lossPercent) / 100;
          return [aFlow({ packets, lost }, figures)];
        },
      },
    }),
    goDirectly: () => store.setState(({ active }) => ({ active: active && { ...active, way: 'direct' } })),
    link: (link: 'up' | 'lost', way: CallWay = 'sfu') => store.setState({ active: { ...beginCall(call), link, way } }),
    leave: () => store.setState({ active: null }),
  };
  world.link('up');
  return world;
}

function aFlow(
  { packets, lost }: { packets: number; lost: number },
  { roundTripMs, isNarrow }: { roundTripMs: number; isNarrow: boolean },
): Flow {
  const qualityLimitationReason = isNarrow ? 'bandwidth' : 'none';
  const report = new Map<string, Record<string, unknown>>([
    ['out', { type: 'outbound-rtp', packetsSent: packets, bytesSent: packets, qualityLimitationReason }],
    ['in', { type: 'remote-inbound-rtp', packetsLost: lost }],
    ['way', { type: 'candidate-pair', selected: true, currentRoundTripTime: roundTripMs / 1_000 }],
  ]);
  return { identity: 'me', direction: 'sent', source: 'camera', report };
}
