import type { PayloadOf } from '@dialog/shared/contract/events';
import type { Route, RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { serverEvents } from '@dialog/shared/protocol';
import type { Call, CallOptions } from '../platform/api.ts';
import type { EventName, Socket, SignalName } from '../platform/socket.ts';

type Heard = (payload: never) => void;

/** A socket whose other end is the test. */
export interface FakeSocket extends Pick<Socket, 'on' | 'onConnected' | 'isConnected' | 'signal'> {
  tell<Name extends EventName>(name: Name, payload: PayloadOf<(typeof serverEvents)[Name]>): void;
  connect(): void;
  disconnect(): void;
  readonly signals: { readonly name: SignalName; readonly payload: unknown }[];
}

export function createFakeSocket(): FakeSocket {
  const ears = new Map<string, Heard[]>();
  const connectEars: (() => void)[] = [];
  const signals: FakeSocket['signals'] = [];
  let isConnected = true;
  return {
    signals,
    on(name, hear) {
      ears.set(name, [...(ears.get(name) ?? []), hear]);
      return () => ears.set(name, ears.get(name)?.filter((ear) => ear !== hear) ?? []);
    },
    onConnected(hear) {
      connectEars.push(hear);
      return () => connectEars.splice(connectEars.indexOf(hear), 1);
    },
    isConnected: () => isConnected,
    signal: (name, payload) => void signals.push({ name, payload }),
    tell: (name, payload) => ears.get(name)?.forEach((hear) => hear(payload as never)),
    connect() {
      isConnected = true;
      connectEars.forEach((hear) => hear());
    },
    disconnect() {
      isConnected = false;
    },
  };
}

type Answer<R extends Route> = (
  input: RouteRequest<R>,
  options?: CallOptions,
) => RouteReply<R> | Promise<RouteReply<R>>;

/** A `call` that answers as the test says, route by route. */
export function createFakeCall(): { readonly call: Call; answer<R extends Route>(route: R, answer: Answer<R>): void } {
  const answers = new Map<Route, (input: never, options?: CallOptions) => unknown>();
  return {
    call: (async (route: Route, input: unknown, options?: CallOptions) => {
      const answer = answers.get(route);
      if (!answer) throw new Error(`The test answers no ${route.method} ${route.path}`);
      return answer(input as never, options);
    }) as Call,
    answer: (route, answer) => void answers.set(route, answer),
  };
}
