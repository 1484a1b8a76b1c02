import type { FastifyInstance } from 'fastify';

interface HealthDeps {
  readonly pingDatabase: () => Promise<void>;
  readonly isBusHealthy: () => boolean;
}

interface Health {
  /** From now on not ready, whatever else is. */
  drain(): void;
}

/** A probe that takes longer has failed: a hung database must show within 5 s. */
const PROBE_MS = 2_000;

/**
 * `/healthz`: the process runs; restart it otherwise. `/readyz`: it can serve; send people elsewhere otherwise, also
 * when it is cut off from the other nodes and so would tell its people things late (fault 6).
 */
export function serveHealth(http: FastifyInstance, { pingDatabase, isBusHealthy }: HealthDeps): Health {
  let isDraining = false;
  let probe: Promise<boolean> | undefined;

  /** Several who ask at once share one probe. */
  function isDatabaseUp(): Promise<boolean> {
    probe ??= Promise.race([pingDatabase().then(() => true), pause(PROBE_MS).then(() => false)])
      .catch(() => false)
      .finally(() => (probe = undefined));
    return probe;
  }

  http.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }));
  http.get('/readyz', async (_request, reply) => {
    const state = { database: await isDatabaseUp(), bus: isBusHealthy(), draining: isDraining };
    const ready = state.database && state.bus && !state.draining;
    return reply
      .header('cache-control', 'no-store')
      .code(ready ? 200 : 503)
      .send({ ready, ...state });
  });

  return { drain: () => void (isDraining = true) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
