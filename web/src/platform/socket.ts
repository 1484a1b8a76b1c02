import type { PayloadOf } from '@dialog/shared/contract/events';
import type { Act, clientSignals } from '@dialog/shared/protocol';
import { serverEvents } from '@dialog/shared/protocol.events';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ActCarrier, ApiError } from './api.ts';
import type { Clock } from './clock.ts';

/** `waiting`: not connected, and trying again by itself. `signed-out`: the session is over, no further try. */
export type SocketStatus = 'connecting' | 'connected' | 'waiting' | 'signed-out';

export type EventName = keyof typeof serverEvents;
export type SignalName = keyof typeof clientSignals;

/** One connection attempt after another; what `openWire.ts` makes of socket.io-client, and tests of a fake. */
export interface Wire {
  connect(): void;
  disconnect(): void;
  send(name: string, payload: unknown): void;
  /** Rejects when the answer does not come in time or the connection ends. */
  ask(name: string, payload: unknown, timeoutMs: number): Promise<unknown>;
  hear(ear: WireEar): void;
}

export interface WireEar {
  readonly connected: () => void;
  /** An attempt failed (`refusal`: the server's word for why, if it was reached), or the connection ended. */
  readonly down: (refusal?: string) => void;
  readonly event: (name: string, payload: unknown) => void;
}

export interface Socket extends ActCarrier {
  readonly status: StoreApi<{ readonly status: SocketStatus }>;
  connect(): void;
  /** Ends for good: sign-out, or the page goes. */
  close(): void;
  /** Hears checked payloads only. Answers how to stop hearing. */
  on<Name extends EventName>(name: Name, hear: (payload: PayloadOf<(typeof serverEvents)[Name]>) => void): () => void;
  /** At each connect, the first and every later one: time to catch up (R5). */
  onConnected(hear: () => void): () => void;
  /** Lost when not connected; say it again in `onConnected` if it must hold. */
  signal<Name extends SignalName>(name: Name, payload: PayloadOf<(typeof clientSignals)[Name]>): void;
  /** The network or the page came back, or the network went: look at once instead of at the next turn. */
  checkNow(): void;
}

interface SocketDeps {
  readonly wire: Wire;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Silence after which we ask whether the server is there, and how long it may take: together below 5 s. */
const SILENCE_MS = 2_000;
const BEAT_TIMEOUT_MS = 2_500;
const BACK_OFF_FIRST_MS = 500;
const BACK_OFF_MAX_MS = 10_000;

/** Full jitter, so that a thousand browsers do not return in the same moment. `attempt` counts from 0. */
export function backOffMs(attempt: number, random: number): number {
  const ceiling = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (attempt + 1));
  return BACK_OFF_FIRST_MS + random * (ceiling - BACK_OFF_FIRST_MS);
}

/** Keeps one connection up. Invariant: at most one timer, either for the next try or for the next beat. */
export function createSocket({ wire, clock, random }: SocketDeps): Socket {
  const status = createStore<{ readonly status: SocketStatus }>(() => ({ status: 'connecting' }));
  const ears = new Map<string, Set<(payload: never) => void>>();
  const connectEars = new Set<() => void>();
  let attempt = 0;
  let heardAt = 0;
  let stopTimer: (() => void) | undefined;

  wire.hear({ connected, down, event });

  function is(expected: SocketStatus): boolean {
    return status.getState().status === expected;
  }

  function later(delayMs: number, run: () => void): void {
    stopTimer?.();
    stopTimer = clock.after(delayMs, run);
  }

  function heard(): void {
    heardAt = clock.now();
  }

  function connect(): void {
    stopTimer?.();
    status.setState({ status: 'connecting' });
    wire.connect();
  }

  function connected(): void {
    attempt = 0;
    heardAt = clock.now();
    status.setState({ status: 'connected' });
    later(SILENCE_MS, listen);
    for (const hear of connectEars) hear();
  }

  function down(refusal?: string): void {
    if (is('signed-out') || is('waiting')) return;
    if (refusal === 'not-signed-in') return end();
    status.setState({ status: 'waiting' });
    later(backOffMs(attempt, random()), connect);
    attempt += 1;
  }

  function end(): void {
    stopTimer?.();
    status.setState({ status: 'signed-out' });
    wire.disconnect();
  }

  function event(name: string, payload: unknown): void {
    heard();
    if (!isEventName(name)) return; // A newer server may tell more than this page knows.
    const checked = z.safeParse(serverEvents[name].payload, payload);
    if (!checked.success) return; // The head beacon brings what was lost by this (R5).
    for (const hear of ears.get(name) ?? []) hear(checked.data as never);
    if (name === 'signedOut') end();
  }

  /** The browser notices a dead link after minutes; we ask after two seconds of silence. */
  function listen(): void {
    const silentMs = clock.now() - heardAt;
    if (silentMs < SILENCE_MS) later(SILENCE_MS - silentMs, listen);
    else beat();
  }

  function beat(): void {
    const askedAt = clock.now();
    wire.ask('beat', undefined, BEAT_TIMEOUT_MS).then(
      () => heard(),
      () => {
        if (!is('connected') || heardAt > askedAt) return;
        wire.disconnect();
        down();
      },
    );
    later(SILENCE_MS + BEAT_TIMEOUT_MS, listen);
  }

  return {
    status,
    connect,
    close: end,
    isConnected: () => is('connected'),
    on(name, hear) {
      const set = ears.get(name) ?? new Set();
      ears.set(name, set.add(hear));
      return () => set.delete(hear);
    },
    onConnected(hear) {
      connectEars.add(hear);
      return () => connectEars.delete(hear);
    },
    signal(name, payload) {
      if (is('connected')) wire.send(name, payload);
    },
    async act(act: Act, timeoutMs: number): Promise<unknown> {
      try {
        const answer = await wire.ask('act', act, timeoutMs);
        heard();
        return answer;
      } catch (cause) {
        throw new ApiError(is('connected') ? 'timeout' : 'offline', { cause });
      }
    },
    checkNow() {
      if (is('waiting')) connect();
      else if (is('connected')) beat();
    },
  };
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(serverEvents, name);
}
