import { PROTOCOL_VERSION } from '@dialog/shared/protocol.version';
import type { Socket as RawSocket } from 'socket.io-client';
import type { Wire, WireEar } from './socket.ts';

/**
 * Socket.IO as a wire: WebSocket only, no reconnection of its own (`socket.ts` decides when). Its code comes beside the
 * first screen, which stands on what this browser kept and on HTTP; until then a wish to connect waits.
 */
export function openWire(): Wire {
  let raw: RawSocket | undefined;
  let ear: WireEar | undefined;
  let isWanted = false;

  async function open(): Promise<void> {
    try {
      raw = await openRaw();
    } catch {
      return ear?.down(); // As unreachable as the server: tried again like it.
    }
    raw.on('connect', () => ear?.connected());
    raw.on('connect_error', (error) => ear?.down(error.message));
    raw.on('disconnect', () => ear?.down());
    raw.onAny((name: string, payload: unknown) => ear?.event(name, payload));
    if (isWanted) raw.connect();
  }

  return {
    connect() {
      isWanted = true;
      if (raw) raw.connect();
      else void open();
    },
    disconnect() {
      isWanted = false;
      raw?.disconnect();
    },
    send: (name, payload) => void raw?.emit(name, payload),
    async ask(name, payload, timeoutMs) {
      if (!raw) throw new Error('not connected');
      const timed = raw.timeout(timeoutMs);
      return payload === undefined ? timed.emitWithAck(name) : timed.emitWithAck(name, payload);
    },
    hear(given) {
      ear = given;
    },
  };
}

async function openRaw(): Promise<RawSocket> {
  const { io } = await import('socket.io-client');
  return io({
    autoConnect: false,
    reconnection: false,
    transports: ['websocket'],
    timeout: 5_000,
    auth: { protocol: PROTOCOL_VERSION },
  });
}
