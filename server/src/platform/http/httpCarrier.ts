import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Callers, headerText } from './callers.ts';
import { refuse } from './refusal.ts';
import type { Endpoint, RequestContext, Router } from './router.ts';
import type { RunRoute } from './runRoute.ts';
import type { Log } from '../log/log.ts';
import { bearerIn, SESSION_COOKIE, SESSION_COOKIE_SECONDS } from './sessionToken.ts';

export interface HttpCarrierDeps {
  readonly router: Router;
  readonly runRoute: RunRoute;
  readonly callers: Callers;
}

/** What every HTTP answer that is a refusal looks like. Before any route: those made earlier would not know. */
export function refuseOverHttp(http: FastifyInstance, log: Log): void {
  http.setErrorHandler((error, request, reply) => {
    const refusal = refuse(error, {
      log: log,
      requestId: request.id,
      act: `${request.method} ${request.routeOptions.url ?? '?'}`,
    });
    if (refusal.reply.retryAfterSeconds !== undefined)
      void reply.header('retry-after', String(refusal.reply.retryAfterSeconds));
    return reply.code(refusal.status).header('cache-control', 'no-store').send(refusal.reply);
  });
}

/** Serves every endpoint of the router below `/api`. Call when all features have registered theirs. */
export function carryOverHttp(http: FastifyInstance, deps: HttpCarrierDeps): void {
  for (const endpoint of deps.router.endpoints()) {
    http.route({
      method: endpoint.route.method,
      url: `/api${endpoint.route.path}`,
      handler: (request, reply) => handle(endpoint, request, reply),
    });
  }

  async function handle(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const caller = await deps.callers.of(request);
    const context: RequestContext = {
      address: deps.callers.addressOf(request),
      userAgent: headerText(request.headers['user-agent'])?.slice(0, 512) ?? '',
      origin: request.headers.origin,
      isBearer: bearerIn(request.headers) !== undefined,
      setSessionCookie: (token) => setCookie(reply, token),
      clearCache: () => void reply.header('clear-site-data', '"cache"'),
    };
    const parts = { params: request.params, query: request.query, body: request.body };
    const answer = await deps.runRoute(endpoint, { parts, caller, context });
    return reply.header('cache-control', 'no-store').send(answer);
  }
}

function setCookie(reply: FastifyReply, token: string | null): void {
  const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
  if (token === null) void reply.clearCookie(SESSION_COOKIE, attributes);
  else void reply.setCookie(SESSION_COOKIE, token, { ...attributes, maxAge: SESSION_COOKIE_SECONDS });
}
