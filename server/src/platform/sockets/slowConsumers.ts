import type { Log } from '../log/log.ts';
import type { IoServer } from './dialogSocket.ts';

/** What may wait for one client that does not read; it catches up when it comes back (R12). */
const BUFFERED_BYTES_MAX = 2_000_000;
/** One walk over all connections for everyone, not a timer each. */
const SWEEP_MS = 250;

/** What is read of engine.io's connections; its own types leave the buffer and the WebSocket below out. */
interface EngineConnection {
  readonly writeBuffer: ReadonlyArray<{ readonly data?: unknown }>;
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
}

/** Cuts connections whose unsent frames exceed the bound. Returns how to stop. */
export function cutSlowConsumers(io: IoServer, log: Log): () => void {
  const timer = setInterval(() => {
    const { clients } = io.engine as unknown as { readonly clients: Readonly<Record<string, EngineConnection>> };
    for (const id in clients) {
      const connection = clients[id];
      // An idle connection has nothing in its buffer: that is nearly all of them.
      if (connection === undefined || connection.writeBuffer.length === 0) continue;
      const bytes = bufferedBytes(connection);
      if (bytes <= BUFFERED_BYTES_MAX) continue;
      log.info({ bytes }, 'a client that does not read was cut off');
      // Not an orderly close: that would wait for the client to read.
      connection.transport.socket?.terminate();
    }
  }, SWEEP_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function bufferedBytes({ writeBuffer, transport }: EngineConnection): number {
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) bytes += typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
  return bytes;
}
