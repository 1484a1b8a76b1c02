import type { ClientToServerEvents, ServerToClientEvents } from '@dialog/shared/protocol';
import type { Server, Socket } from 'socket.io';
import type { Caller } from '../http/router.ts';

export type EventName = keyof ServerToClientEvents;
export type EventPayload<N extends EventName> = Parameters<ServerToClientEvents[N]>[0];

/** Set once the socket is admitted. */
interface SocketData {
  own: ConnectedSocket;
}

type NoEvents = Record<string, never>;
export type IoServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type IoSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;

/** One connected page or shell. */
export interface DialogSocket {
  readonly id: string;
  readonly caller: Caller;
  /** The caller's network address. */
  readonly address: string;
  readonly rooms: ReadonlySet<string>;
  join(room: string): void;
  leave(room: string): void;
  /** To this socket alone. */
  tell<N extends EventName>(event: N, payload: EventPayload<N>): void;
}

/** Events a socket may send: a burst, then so many a second. */
export interface EventLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Events beyond the limit are dropped; whoever goes on regardless is cut off after so many. */
const DROPPED_MAX = 120;

/** There is one for every idle connection: fields only, no closures, no timers. */
export class ConnectedSocket implements DialogSocket {
  readonly caller: Caller;
  readonly address: string;
  /** When anything last came from the other side, on `performance.now()`'s clock. */
  private heardAt = performance.now();
  private readonly socket: IoSocket;
  private tokens: number;
  private dropped = 0;
  /** Acts not answered yet. */
  actsUnderWay = 0;

  constructor(
    socket: IoSocket,
    identity: { readonly caller: Caller; readonly address: string; readonly burst: number },
  ) {
    this.socket = socket;
    this.caller = identity.caller;
    this.address = identity.address;
    this.tokens = identity.burst;
  }

  get id(): string {
    return this.socket.id;
  }

  get rooms(): ReadonlySet<string> {
    return this.socket.rooms;
  }

  join(room: string): void {
    void this.socket.join(room);
  }

  leave(room: string): void {
    void this.socket.leave(room);
  }

  tell<N extends EventName>(event: N, payload: EventPayload<N>): void {
    this.socket.emit(event, ...([payload] as Parameters<ServerToClientEvents[N]>));
  }

  /** Counts one event that came in; false when it is beyond the limit and must be dropped. */
  takeEvent({ perSecond, burst }: EventLimit): boolean {
    const now = performance.now();
    this.tokens = Math.min(burst, this.tokens + ((now - this.heardAt) / 1_000) * perSecond);
    this.heardAt = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      this.dropped = 0;
      return true;
    }
    this.dropped += 1;
    if (this.dropped > DROPPED_MAX) this.close();
    return false;
  }

  /** Milliseconds since this client last said anything, even "are you there?". */
  get silentMs(): number {
    return performance.now() - this.heardAt;
  }

  /** At once, whatever was still to be sent. */
  close(): void {
    this.socket.disconnect(true);
  }
}
