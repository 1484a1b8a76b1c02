import type { Route, RouteInput, RouteReply } from '@dialog/shared/contract/routes';
import type { SessionId, UserId } from '@dialog/shared/contract/values';

/** Who acts. */
export interface Caller {
  readonly userId: UserId;
  readonly sessionId: SessionId;
}

/** What surrounds one request, whichever carrier brought it. */
export interface RequestContext {
  /** The caller's network address, behind trusted proxies too. */
  readonly address: string;
  readonly userAgent: string;
  /** Of the page that asks, as its browser says. Not yet known to be one of ours. */
  readonly origin?: string | undefined;
  /** Whether the caller showed a bearer token; otherwise a cookie, or nothing. */
  readonly isBearer: boolean;
  /** For routes with `carriers: 'http'` only: sets or (null) clears the session cookie. */
  setSessionCookie(token: string | null): void;
  /** For those too: the browser drops what it has cached from here. */
  clearCache(): void;
}

type CallerOf<R extends Route> = R['access'] extends 'public' ? Caller | undefined : Caller;

export type Handler<R extends Route> = (
  input: RouteInput<R>,
  caller: CallerOf<R>,
  context: RequestContext,
) => Promise<RouteReply<R>>;

export interface Endpoint {
  readonly route: Route;
  readonly handle: (input: never, caller: never, context: RequestContext) => Promise<unknown>;
}

/** Collects the endpoints of all features by route; HTTP and the socket's `act` both serve from it. */
export interface Router {
  serve<const R extends Route>(route: R, handle: Handler<R>): void;
  endpoints(): readonly Endpoint[];
}

export function createRouter(): Router {
  const served = new Map<Route, Endpoint>();
  return {
    serve(route, handle) {
      if (served.has(route)) throw new Error(`served twice: ${route.method} ${route.path}`);
      served.set(route, { route, handle });
    },
    endpoints: () => [...served.values()],
  };
}
