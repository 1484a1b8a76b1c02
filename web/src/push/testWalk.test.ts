import { DeviceId } from '@dialog/shared/contract/values';
import { type PushOutcome, pushRoutes } from '@dialog/shared/push';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import type { DeviceState } from './device.ts';
import { createTestWalk, HOPS } from './testWalk.ts';

const DEVICE = DeviceId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11');

interface Faults {
  readonly state?: DeviceState;
  readonly hasNoWorker?: boolean;
  readonly subscribe?: () => Promise<void>;
  readonly outcome?: PushOutcome;
  readonly isLost?: boolean;
  readonly isHidden?: boolean;
}

/** Time runs as soon as nothing else does. */
async function walked(faults: Faults) {
  const asked: string[] = [];
  const told = '2026-03-02T12:00:00.000Z';
  const call = (async (route: unknown, input: { body?: { id: string } }) => {
    if (route === pushRoutes.testPush) {
      asked.push(input.body?.id ?? '');
      return { outcome: faults.outcome ?? 'accepted', status: 201, at: told, service: 'push.example', tookMs: 5 };
    }
    return {
      lastTest: {
        id: asked.at(-1),
        arrivedAt: faults.isLost ? null : told,
        shownAt: faults.isLost || faults.isHidden ? null : told,
      },
    };
  }) as unknown as Call;
  let now = 0;
  const walk = createTestWalk({
    call,
    deviceId: DEVICE,
    device: {
      store: createStore<DeviceState>(() => faults.state ?? { kind: 'on', reach: 'push' }),
      turnOn: async () => undefined,
      subscribe: faults.subscribe ?? (async () => undefined),
      registration: async () =>
        (faults.hasNoWorker ? undefined : { active: {} }) as unknown as ServiceWorkerRegistration,
    },
    clock: {
      now: () => now,
      after(delayMs, run) {
        const timer = setTimeout(() => {
          now += delayMs;
          run();
        }, delayMs / 200);
        return () => clearTimeout(timer);
      },
    },
    newId: () => 'test-1',
  });
  const running = walk.run();
  const seen = walk.store.getState().hops[0]?.status;
  await running;
  const { hops, why, status } = walk.store.getState();
  return { seen, why, status, reached: hops.filter((hop) => hop.status === 'ok').map(({ hop }) => hop), hops };
}

test('a walk that gets through ticks every hop', async () => {
  const { seen, status, why, reached } = await walked({});
  expect({ seen, status, why, reached }).toEqual({ seen: 'running', status: 'done', why: null, reached: [...HOPS] });
});

const NEVER = (): Promise<void> => new Promise(() => undefined);

test.each<[string, Faults, string]>([
  ['permission', { state: { kind: 'blocked' } }, 'blocked'],
  ['permission', { state: { kind: 'off', permission: 'ask' } }, 'notAllowed'],
  ['permission', { state: { kind: 'needs-install' } }, 'needsInstall'],
  ['permission', { state: { kind: 'unsupported' } }, 'unsupported'],
  ['worker', { hasNoWorker: true }, 'noWorker'],
  [
    'subscription',
    { subscribe: () => Promise.reject(new DOMException('push service not available')) },
    'noPushService',
  ],
  ['subscription', { subscribe: () => Promise.reject(new ApiError('push-service-refused')) }, 'forbidden'],
  ['subscription', { subscribe: () => Promise.reject(new ApiError('offline')) }, 'offline'],
  ['subscription', { subscribe: () => Promise.reject(new ApiError('internal')) }, 'serverFailed'],
  ['subscription', { subscribe: NEVER }, 'noPushService'],
  ['send', { outcome: 'gone' }, 'gone'],
  ['send', { outcome: 'unreachable' }, 'unreachable'],
  ['send', { outcome: 'busy' }, 'pushBusy'],
  ['send', { outcome: 'refused' }, 'pushRefused'],
  ['send', { outcome: 'no-subscription' }, 'noSubscription'],
  ['arrival', { isLost: true }, 'noArrival'],
  ['display', { isHidden: true }, 'noDisplay'],
])('at %s, %j ends the walk and says why', async (hop, faults, expected) => {
  const { status, why, reached, hops } = await walked(faults);
  expect({ status, why }).toEqual({ status: 'failed', why: expected });
  expect(hops.find((one) => one.status === 'failed')?.hop).toBe(hop);
  expect(reached).toEqual(HOPS.slice(0, HOPS.indexOf(hop as (typeof HOPS)[number])));
});
