import type { DeviceId } from '@dialog/shared/contract/values';
import { type PushOutcome, pushRoutes } from '@dialog/shared/push';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import type { DeviceState, PushDevice } from './device.ts';

/** What a notification passes on its way to the screen, in order. */
export const HOPS = ['permission', 'worker', 'subscription', 'send', 'arrival', 'display'] as const;
export type Hop = (typeof HOPS)[number];

/** Why a hop failed, and with it what to do: `why_…` of the words. */
export type Why =
  | 'blocked'
  | 'forbidden'
  | 'gone'
  | 'needsInstall'
  | 'noArrival'
  | 'noDisplay'
  | 'noPushService'
  | 'noSubscription'
  | 'noWorker'
  | 'notAllowed'
  | 'offline'
  | 'pushBusy'
  | 'pushRefused'
  | 'serverFailed'
  | 'tooLong'
  | 'tooMany'
  | 'unreachable'
  | 'unsupported';

export interface WalkState {
  /** `running` is where the walk is. */
  readonly hops: readonly { readonly hop: Hop; readonly status: 'waiting' | 'running' | 'ok' | 'failed' }[];
  readonly why: Why | null;
  readonly status: 'new' | 'running' | 'failed' | 'done';
}

export interface TestWalk {
  readonly store: StoreApi<WalkState>;
  /** Never rejects. One at a time. */
  run(): Promise<void>;
  stop(): void;
}

interface TestWalkDeps {
  readonly call: Call;
  readonly deviceId: DeviceId;
  readonly device: Pick<PushDevice, 'store' | 'turnOn' | 'subscribe' | 'registration'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** How long each may take; a person decides on the first. */
const WITHIN_MS: Readonly<Record<Hop, number>> = {
  permission: 60_000,
  worker: 12_000,
  subscription: 20_000,
  send: 20_000,
  arrival: 30_000,
  display: 10_000,
};
const LATE: Readonly<Partial<Record<Hop, Why>>> = {
  permission: 'notAllowed',
  worker: 'noWorker',
  subscription: 'noPushService',
  arrival: 'noArrival',
  display: 'noDisplay',
};
const LOOK_EVERY_MS = 800;

const OF_OUTCOME: Readonly<Record<Exclude<PushOutcome, 'accepted'>, Why>> = {
  'no-subscription': 'noSubscription',
  gone: 'gone',
  refused: 'pushRefused',
  busy: 'pushBusy',
  unreachable: 'unreachable',
  forbidden: 'forbidden',
};

const OF_CODE: Readonly<Partial<Record<string, Why>>> = {
  offline: 'offline',
  timeout: 'tooLong',
  'rate-limited': 'tooMany',
  'push-service-refused': 'forbidden',
};

class HopFailure extends Error {
  readonly why: Why;
  constructor(why: Why) {
    super(why);
    this.why = why;
  }
}

/** Walks the whole way of a notification on this device, and says where it ends. */
export function createTestWalk({ call, deviceId, device, clock, newId }: TestWalkDeps): TestWalk {
  const store = createStore<WalkState>(() => ({ hops: at(0, 'waiting'), why: null, status: 'new' }));
  const params = { deviceId };
  let turn = 0;

  const steps: Readonly<Record<Hop, (testId: string) => Promise<void>>> = {
    async permission() {
      if (device.store.getState().kind !== 'on') await device.turnOn();
      const why = whyOff(device.store.getState());
      if (why) throw new HopFailure(why);
    },
    async worker() {
      if (!(await device.registration())?.active) throw new HopFailure('noWorker');
    },
    subscription: () => device.subscribe(),
    async send(id) {
      const { outcome } = await call(pushRoutes.testPush, { params, body: { id } }, { timeoutMs: WITHIN_MS.send });
      if (outcome !== 'accepted') throw new HopFailure(OF_OUTCOME[outcome]);
    },
    arrival: (id) => untilTold(id, 'arrivedAt'),
    display: (id) => untilTold(id, 'shownAt'),
  };

  return {
    store,
    async run() {
      if (store.getState().status === 'running') return;
      const mine = (turn += 1);
      const testId = newId();
      for (const [index, hop] of HOPS.entries()) {
        store.setState({ hops: at(index, 'running'), why: null, status: 'running' });
        // oxlint-disable-next-line no-await-in-loop -- each hop stands on the one before
        const why = await outcomeOf(hop, testId);
        if (mine !== turn) return;
        if (why) return store.setState({ hops: at(index, 'failed'), why, status: 'failed' });
      }
      store.setState({ hops: at(HOPS.length, 'waiting'), why: null, status: 'done' });
    },
    stop() {
      turn += 1;
    },
  };

  /** Undefined when it went well. */
  async function outcomeOf(hop: Hop, testId: string): Promise<Why | undefined> {
    const tooLong = new Promise<Why>((resolve) => clock.after(WITHIN_MS[hop], () => resolve(LATE[hop] ?? 'tooLong')));
    const done = steps[hop](testId).then(
      () => undefined,
      (failure: unknown) => whyOf(failure, hop),
    );
    return Promise.race([done, tooLong]);
  }

  /** Asks the server, which hears of it from the service worker: what it knows has come all the way. */
  async function untilTold(testId: string, what: 'arrivedAt' | 'shownAt'): Promise<void> {
    const mine = turn;
    while (mine === turn && store.getState().status === 'running') {
      // oxlint-disable-next-line no-await-in-loop -- asked again until it is so
      const { lastTest } = await call(pushRoutes.getPushHealth, { params });
      if (lastTest?.id === testId && lastTest[what] !== null) return;
      // oxlint-disable-next-line no-await-in-loop -- see above
      await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
    }
  }
}

function whyOff(state: DeviceState): Why | undefined {
  if (state.kind === 'on') return undefined;
  if (state.kind === 'needs-install') return 'needsInstall';
  return state.kind === 'off' ? 'notAllowed' : state.kind;
}

function whyOf(failure: unknown, hop: Hop): Why {
  if (failure instanceof HopFailure) return failure.why;
  if (failure instanceof ApiError) return OF_CODE[failure.code] ?? 'serverFailed';
  return hop === 'subscription' ? 'noPushService' : (LATE[hop] ?? 'tooLong');
}

/** The hops when the walk has come to one of them. */
function at(index: number, status: 'waiting' | 'running' | 'failed'): WalkState['hops'] {
  return HOPS.map((hop, place) => {
    if (place === index) return { hop, status };
    return { hop, status: place < index ? 'ok' : 'waiting' };
  });
}
