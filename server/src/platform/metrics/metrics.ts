import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../appError.ts';
import type { RunRoute } from '../http/runRoute.ts';
import { routeName } from '../http/routeNames.ts';
import { bearerIn } from '../http/sessionToken.ts';

interface Metrics {
  /** Counts and times every act that runs through it. */
  measured(runRoute: RunRoute): RunRoute;
  serve(http: FastifyInstance, token: string | null): void;
}

/** For an operator's Prometheus. Labels come from the contract, never from people. */
export function createMetrics(countSockets: () => number): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const acts = new Histogram({
    name: 'dialog_act_seconds',
    help: 'Acts by route and outcome.',
    labelNames: ['route', 'outcome'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [register],
  });
  const sockets = new Gauge({
    name: 'dialog_sockets',
    help: 'Connected sockets on this node.',
    registers: [register],
  });

  return {
    measured: (runRoute) => async (endpoint, request) => {
      const began = performance.now();
      let outcome = 'ok';
      try {
        return await runRoute(endpoint, request);
      } catch (error) {
        outcome = error instanceof AppError ? error.code : 'internal';
        throw error;
      } finally {
        acts.observe({ route: routeName(endpoint.route), outcome }, (performance.now() - began) / 1_000);
      }
    },
    serve(http, token) {
      http.get('/metrics', async (request, reply) => {
        if (!mayRead(request, token)) throw new AppError('route-not-found');
        sockets.set(countSockets());
        return reply.type(register.contentType).send(await register.metrics());
      });
    },
  };
}

/** From this machine itself, not through a proxy on it; or with the operator's token. */
function mayRead({ socket, headers }: FastifyRequest, token: string | null): boolean {
  const bearer = bearerIn(headers);
  if (token !== null && bearer !== undefined) return isEqual(bearer, token);
  const isLoopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
  return isLoopback && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
}

function isEqual(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
