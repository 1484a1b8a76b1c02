import type { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';
import { createStreamReader } from './streamReader.ts';
import { createStreamWriter } from './streamWriter.ts';

/** Handed each fact from the other nodes. `key` comes first, so that the payload is decoded only where it is needed. */
export type Hear = (key: string, payload: () => unknown) => void;

/**
 * Carries facts between the nodes through one Redis stream. Unlike pub/sub a stream keeps its newest entries, so a node
 * that was cut off for seconds reads on where it stopped; what even that loses the head beacon finds (R5).
 *
 * Publishing is never awaited and never fails an act: Redis may be down, or hang.
 */
export interface Bus {
  /** To all other nodes; here nothing is heard of it. */
  publish(key: string, payload: unknown): void;
  /** Resolves when reading has begun, or after a second without Redis. */
  start(hear: Hear): Promise<void>;
  /** Whether entries have been read, or waited for in vain, lately. */
  isHealthy(): boolean;
  stop(): void;
}

interface BusOptions {
  readonly writer: Redis;
  /** A connection of its own: reading blocks it. */
  readonly reader: Redis;
  readonly nodeId: string;
  readonly log: Log;
}

const STREAM = 'bus';

export function createBus({ writer, reader, nodeId, log }: BusOptions): Bus {
  const outgoing = createStreamWriter({ redis: writer, stream: STREAM, log });
  const incoming = createStreamReader({ redis: reader, stream: STREAM, log });

  /** An entry is `from`, the node, and then pairs of key and JSON. */
  function dispatch(fields: readonly string[], hear: Hear): void {
    if (fields[1] === nodeId) return;
    for (let at = 2; at + 1 < fields.length; at += 2) {
      try {
        hear(fields[at] ?? '', () => JSON.parse(fields[at + 1] ?? 'null') as unknown);
      } catch (error) {
        log.error({ err: error }, 'bus: an entry could not be handled');
      }
    }
  }

  return {
    publish: (key, payload) => outgoing.add(['from', nodeId], [key, JSON.stringify(payload)]),
    start: (hear) => incoming.start((fields) => dispatch(fields, hear)),
    isHealthy: incoming.isHealthy,
    stop() {
      outgoing.flush();
      incoming.stop();
    },
  };
}
