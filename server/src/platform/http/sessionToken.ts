import type { IncomingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';

/** `__Host-`: only this host over TLS can have set it, for the whole site. */
export const SESSION_COOKIE = '__Host-dialog';
/** The cookie outlives no session: 30 days is a session's longest life. */
export const SESSION_COOKIE_SECONDS = 30 * 24 * 3_600;

/** More is no token of ours and not worth hashing. */
const TOKEN_MAX = 200;

/** The token of an `Authorization: Bearer` header. */
export function bearerIn(headers: IncomingHttpHeaders): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined || authorization.length > TOKEN_MAX + 7) return undefined;
  return authorization.startsWith('Bearer ') ? authorization.slice(7) : undefined;
}

/** The token in the session cookie, where no framework has read the header. */
export function cookieIn(headers: IncomingHttpHeaders): string | undefined {
  const token = headers.cookie === undefined ? undefined : fastifyCookie.parse(headers.cookie)[SESSION_COOKIE];
  return token === undefined || token.length > TOKEN_MAX ? undefined : token;
}
