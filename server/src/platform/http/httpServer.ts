import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';

const BODY_BYTES_MAX = 1_000_000;
/** A request that dribbles in is cut. */
const REQUEST_TIMEOUT_MS = 30_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may take as long as it goes on coming; the route sees to that. */
    readonly hasLongBody?: true;
  }
}

/** An HTTP server with nothing on it yet: JSON only, bounded, quiet. */
export async function createHttpServer(bodyTimeoutMs = REQUEST_TIMEOUT_MS): Promise<FastifyInstance> {
  const http = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    // Node's own would cut every long upload: the hook below does what it does, but for those.
    requestTimeout: 0,
    http: { headersTimeout: REQUEST_TIMEOUT_MS },
    keepAliveTimeout: 65_000,
    genReqId: () => randomBytes(9).toString('base64url'),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
  });
  http.addHook('onRequest', async ({ raw, headers, routeOptions }) => {
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (hasBody && !routeOptions.config.hasLongBody) cutWhenLate(raw, bodyTimeoutMs);
  });
  // A form of another site can send text/plain without asking; JSON it cannot.
  http.removeContentTypeParser('text/plain');
  await http.register(fastifyCookie);
  return http;
}

function cutWhenLate(request: IncomingMessage, afterMs: number): void {
  const timer = setTimeout(() => request.destroy(), afterMs).unref();
  const isHere = () => clearTimeout(timer);
  request.once('end', isHere).once('close', isHere);
}
