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
  const world = {
    clock,
    limits,
    said,
    asked: 0,
    lossPercent: 0,
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
          return [aFlow(packets, lost)];
        },
      },
    }),
    link: (link: 'up' | 'lost') => store.setState({ active: { ...beginCall(call), link } }),
    leave: () => store.setState({ active: null }),
  };
  world.link('up');
  return world;
}

function aFlow(packetsSent: number, packetsLost: number): Flow {
  const report = new Map<string, Record<string, unknown>>([
    ['out', { type: 'outbound-rtp', packetsSent }],
    ['in', { type: 'remote-inbound-rtp', packetsLost }],
  ]);
  return { identity: 'me', direction: 'sent', source: 'microphone', report };
}
