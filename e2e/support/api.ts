import { routes, type RouteName } from '@dialog/shared/protocol';
import type { Route, RouteReply, RouteRequest } from '@dialog/shared/contract/routes';

export interface ApiCaller {
  readonly url: string;
  readonly token: string;
}

type Routes = typeof routes;

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * An act over HTTP with a bearer token, as a bot does it.
 * @throws Error with the status and the body when it is refused.
 */
export async function callApi<N extends RouteName>(
  caller: ApiCaller,
  name: N,
  input: RouteRequest<Routes[N]>,
): Promise<RouteReply<Routes[N]>> {
  const route: Route = routes[name];
  const parts = input as Parts;
  const path = route.path.replaceAll(/:(\w+)/g, (_all, key: string) => encodeURIComponent(parts.params?.[key] ?? ''));
  const query = parts.query ? `?${new URLSearchParams(parts.query).toString()}` : '';
  const hasBody = parts.body !== undefined;
  const answer = await fetch(`${caller.url}/api${path}${query}`, {
    method: route.method,
    headers: { authorization: `Bearer ${caller.token}`, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: JSON.stringify(parts.body) } : {}),
    signal: AbortSignal.timeout(20_000),
  });
  const reply: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${JSON.stringify(reply)}`);
  return reply as RouteReply<Routes[N]>;
}
