import { randomBytes } from 'node:crypto';
import { Act, routes, type ActAnswer } from '@dialog/shared/protocol';
import * as z from 'zod';
import { AppError } from '../appError.ts';
import { refuse } from '../http/refusal.ts';
import type { Endpoint, RequestContext, Router } from '../http/router.ts';
import { routeName } from '../http/routeNames.ts';
import type { RunRoute } from '../http/runRoute.ts';
import { hasForbiddenKey, strictSchema } from '../http/strictSchema.ts';
import type { Log } from '../log/log.ts';
import type { ConnectedSocket } from './dialogSocket.ts';

interface ActCarrierDeps {
  readonly router: Router;
  readonly runRoute: RunRoute;
  readonly log: Log;
}

/** Answers one `act` of a socket; never throws. */
export type CarryAct = (socket: ConnectedSocket, act: unknown) => Promise<ActAnswer>;

const StrictAct = strictSchema(Act);

/** The generic `act` event: the same endpoints, limits, rights and errors as over HTTP. */
export function createActCarrier({ router, runRoute, log }: ActCarrierDeps): CarryAct {
  let endpoints: ReadonlyMap<string, Endpoint> | undefined;

  /** By the contract's names; read late, when all features have registered theirs. */
  function endpointFor(name: string): Endpoint {
    endpoints ??= carried(router.endpoints());
    const endpoint = endpoints.get(name);
    if (!endpoint) throw new AppError('route-not-found');
    return endpoint;
  }

  async function run(socket: ConnectedSocket, act: unknown): Promise<unknown> {
    if (hasForbiddenKey(act)) throw new AppError('invalid-request', 'act names a forbidden key');
    const checked = z.safeParse(StrictAct, act);
    if (!checked.success) throw new AppError('invalid-request', 'no act');
    const { route, input } = checked.data as Act;
    return runRoute(endpointFor(route), { parts: input, caller: socket.caller, context: contextOf(socket) });
  }

  return async (socket, act) => {
    try {
      return { ok: true, reply: await run(socket, act) };
    } catch (error) {
      const requestId = randomBytes(9).toString('base64url');
      return { ok: false, error: refuse(error, { log, requestId, act: nameOf(act) }).reply };
    }
  };
}

function carried(endpoints: readonly Endpoint[]): ReadonlyMap<string, Endpoint> {
  return new Map(
    endpoints.filter(({ route }) => route.carriers === 'both').map((endpoint) => [routeName(endpoint.route), endpoint]),
  );
}

function contextOf(socket: ConnectedSocket): RequestContext {
  return {
    address: socket.address,
    userAgent: '',
    isBearer: false,
    setSessionCookie: httpOnly,
    clearCache: httpOnly,
  };
}

function httpOnly(): never {
  throw new Error('an answer over a socket has no headers: such routes have carriers "http"');
}

/** For the log: only what the contract knows, as anything else is a stranger's text. */
function nameOf(act: unknown): string {
  const name = typeof act === 'object' && act !== null && 'route' in act ? act.route : undefined;
  return typeof name === 'string' && Object.hasOwn(routes, name) ? name : '?';
}
