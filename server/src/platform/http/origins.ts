import type { IncomingHttpHeaders } from 'node:http';

/** Where browsers may come from: exact origins, no patterns. */
export interface Origins {
  allow(origin: string): void;
  has(origin: string): boolean;
}

export function createOrigins(initial: readonly string[]): Origins {
  const allowed = new Set(initial);
  return { allow: (origin) => void allowed.add(origin), has: (origin) => allowed.has(origin) };
}

/**
 * Whether another site may be behind this request. A browser names the page's origin on every unsafe request and every
 * WebSocket; where a session cookie would speak for someone (`isProofNeeded`), a request that names nothing is refused.
 */
export function isFromElsewhere(headers: IncomingHttpHeaders, origins: Origins, isProofNeeded: boolean): boolean {
  const { origin } = headers;
  if (origin !== undefined) return !origins.has(origin);
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  return isProofNeeded;
}
