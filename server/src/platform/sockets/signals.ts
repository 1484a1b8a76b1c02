import { clientSignals } from '@dialog/shared/protocol';
import type { PayloadOf } from '@dialog/shared/contract/events';
import * as z from 'zod';
import { hasForbiddenKey, strictSchema } from '../http/strictSchema.ts';
import type { Log } from '../log/log.ts';
import type { DialogSocket, EventLimit, IoSocket } from './dialogSocket.ts';

export type SignalName = keyof typeof clientSignals;
type SignalPayload<N extends SignalName> = PayloadOf<(typeof clientSignals)[N]>;

interface Signals {
  knows(name: string): boolean;
  on<N extends SignalName>(name: N, hear: (socket: DialogSocket, payload: SignalPayload<N>) => void): void;
  listen(socket: IoSocket): void;
}

type Hear = (socket: DialogSocket, payload: never) => void;

/** What clients say that may be lost: checked like acts, dropped without an answer when wrong. */
export function createSignals({ log, limit }: { readonly log: Log; readonly limit: EventLimit }): Signals {
  const hearers = new Map<SignalName, Hear[]>();
  const listeners = new Map<SignalName, (this: IoSocket, payload: unknown) => void>();

  /** One for all sockets: `this` is the socket. */
  function listenerFor(name: SignalName) {
    const schema = strictSchema(clientSignals[name].payload);
    return function hearSignal(this: IoSocket, payload: unknown): void {
      const { own } = this.data;
      if (!own.takeEvent(limit) || hasForbiddenKey(payload)) return;
      const checked = z.safeParse(schema, payload);
      if (!checked.success) return;
      for (const hear of hearers.get(name) ?? []) run(() => hear(own, checked.data as never), name);
    };
  }

  function run(work: () => void, signal: SignalName): void {
    try {
      work();
    } catch (error) {
      log.error({ err: error, signal }, 'a signal could not be handled');
    }
  }

  return {
    knows: (name) => Object.hasOwn(clientSignals, name),
    on(name, hear) {
      hearers.set(name, [...(hearers.get(name) ?? []), hear]);
      if (!listeners.has(name)) listeners.set(name, listenerFor(name));
    },
    listen(socket) {
      for (const [name, listener] of listeners) socket.on(name, listener);
    },
  };
}
