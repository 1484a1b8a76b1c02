import { randomBytes } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';

const BODY_BYTES_MAX = 1_000_000;
/** A request that dribbles in is cut. */
const REQUEST_TIMEOUT_MS = 30_000;

/** An HTTP server with nothing on it yet: JSON only, bounded, quiet. */
export async function createHttpServer(): Promise<FastifyInstance> {
  const http = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 65_000,
    genReqId: () => randomBytes(9).toString('base64url'),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
  });
  // A form of another site can send text/plain without asking; JSON it cannot.
  http.removeContentTypeParser('text/plain');
  await http.register(fastifyCookie);
  return http;
}
