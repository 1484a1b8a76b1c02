import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../appError.ts';
import type { ProxyTrust } from './clientAddress.ts';
import { isFromElsewhere, type Origins } from './origins.ts';
import { refuse } from './refusal.ts';
import type { Caller, Endpoint, RequestContext, Router } from './router.ts';
import type { RunRoute } from './runRoute.ts';
import type { Log } from '../log/log.ts';
import { bearerIn, SESSION_COOKIE, SESSION_COOKIE_SECONDS } from './sessionToken.ts';

/** Whose session this token is; undefined when it is none, or none any more. */
export type Authenticate = (token: string, address: string) => Promise<Caller | undefined>;

export interface HttpCarrierDeps {
  readonly router: Router;
  readonly runRoute: RunRoute;
  readonly authenticate: Authenticate;
  readonly origins: Origins;
  readonly proxies: ProxyTrust;
  readonly log: Log;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Serves every endpoint of the router below `/api`. Call when all features have registered theirs. */
export function carryOverHttp(http: FastifyInstance, deps: HttpCarrierDeps): void {
  for (const endpoint of deps.router.endpoints()) {
    http.route({
      method: endpoint.route.method,
      url: `/api${endpoint.route.path}`,
      handler: (request, reply) => handle(endpoint, request, reply),
    });
  }

  http.setErrorHandler((error, request, reply) => {
    const refusal = refuse(error, {
      log: deps.log,
      requestId: request.id,
      act: `${request.method} ${request.routeOptions.url ?? '?'}`,
    });
    if (refusal.reply.retryAfterSeconds !== undefined)
      void reply.header('retry-after', String(refusal.reply.retryAfterSeconds));
    return reply.code(refusal.status).send(refusal.reply);
  });

  async function handle(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const address = deps.proxies.addressOf(
      request.socket.remoteAddress,
      headerText(request.headers['x-forwarded-for']),
    );
    const caller = await callerOf(endpoint, request, address);
    const context: RequestContext = {
      address,
      userAgent: headerText(request.headers['user-agent'])?.slice(0, 512) ?? '',
      isBearer: bearerIn(request.headers) !== undefined,
      setSessionCookie: (token) => setCookie(reply, token),
    };
    const parts = { params: request.params, query: request.query, body: request.body };
    const answer = await deps.runRoute(endpoint, { parts, caller, context });
    return reply.header('cache-control', 'no-store').send(answer);
  }

  /** A bearer token speaks for itself. A cookie is sent by the browser unasked, so then the page's origin must be ours. */
  async function callerOf(endpoint: Endpoint, request: FastifyRequest, address: string): Promise<Caller | undefined> {
    const bearer = bearerIn(request.headers);
    if (bearer !== undefined) return deps.authenticate(bearer, address);
    const cookie = request.cookies[SESSION_COOKIE];
    const isUnsafe = !SAFE_METHODS.has(endpoint.route.method);
    if (isUnsafe && isFromElsewhere(request.headers, deps.origins, cookie !== undefined))
      throw new AppError('wrong-origin');
    return cookie === undefined ? undefined : deps.authenticate(cookie, address);
  }
}

function setCookie(reply: FastifyReply, token: string | null): void {
  const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
  if (token === null) void reply.clearCookie(SESSION_COOKIE, attributes);
  else void reply.setCookie(SESSION_COOKIE, token, { ...attributes, maxAge: SESSION_COOKIE_SECONDS });
}

function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(',');
}
