import { PROTOCOL_VERSION } from '@dialog/shared/protocol';
import { io } from 'socket.io-client';
import type { Wire } from './socket.ts';

/** Socket.IO as a wire: WebSocket only, no reconnection of its own (`socket.ts` decides when). */
export function openWire(): Wire {
  const raw = io({
    autoConnect: false,
    reconnection: false,
    transports: ['websocket'],
    timeout: 5_000,
    auth: { protocol: PROTOCOL_VERSION },
  });
  return {
    connect: () => void raw.connect(),
    disconnect: () => void raw.disconnect(),
    send: (name, payload) => void raw.emit(name, payload),
    ask: (name, payload, timeoutMs) =>
      payload === undefined
        ? raw.timeout(timeoutMs).emitWithAck(name)
        : raw.timeout(timeoutMs).emitWithAck(name, payload),
    hear(ear) {
      raw.on('connect', ear.connected);
      raw.on('connect_error', (error) => ear.down(error.message));
      raw.on('disconnect', () => ear.down());
      raw.onAny((name: string, payload: unknown) => ear.event(name, payload));
    },
  };
}
