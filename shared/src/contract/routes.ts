import type * as z from 'zod/mini';
import type { ErrorCode } from './errors.ts';
import type { LimitName } from './limits.ts';

type Schema = z.core.$ZodType;

export interface Route {
  /** One line for the generated documentation. */
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`. `:name` segments are the keys of `params`. */
  readonly path: `/${string}`;
  /**
   * `public` is open to the signed-out; everything else needs a session, and `confirmed` one that proved its person
   * within the last ten minutes (`confirmIdentity`).
   */
  readonly access: 'public' | 'session' | 'confirmed';
  /** `http` for what sets a cookie or is asked before a socket exists; otherwise both carriers serve it. */
  readonly carriers: 'http' | 'both';
  /** The buckets each request is counted in. */
  readonly limits: readonly LimitName[];
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly reply: Schema;
  /** The refusals particular to this act; any act may also answer those of `COMMON_ERRORS`. */
  readonly errors: readonly ErrorCode[];
}

export const COMMON_ERRORS = [
  'invalid-request',
  'not-signed-in',
  'wrong-origin',
  'rate-limited',
  'too-large',
  'internal',
  'busy',
] as const satisfies readonly ErrorCode[];

type PartOf<R extends Route> = 'params' | 'query' | 'body' extends infer P
  ? P extends 'params' | 'query' | 'body'
    ? R[P] extends Schema
      ? P
      : never
    : never
  : never;

/** What a handler is given: only the parts the route declares, checked. */
export type RouteInput<R extends Route> = { readonly [Part in PartOf<R>]: z.output<Extract<R[Part], Schema>> };

/** What a caller must give. */
export type RouteRequest<R extends Route> = { readonly [Part in PartOf<R>]: z.input<Extract<R[Part], Schema>> };

export type RouteReply<R extends Route> = z.output<Extract<R['reply'], Schema>>;

/** By which a carrier calls them; so that who calls one act need not know all of them. */
const names = new WeakMap<Route, string>();

export function defineRoutes<const R extends Record<string, Route>>(routes: R): R {
  for (const [name, route] of Object.entries(routes)) names.set(route, name);
  return routes;
}

export function nameOfRoute(route: Route): string | undefined {
  return names.get(route);
}
