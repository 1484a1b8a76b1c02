import type { FastifyRequest } from 'fastify';
import { AppError } from '../appError.ts';
import type { ProxyTrust } from './clientAddress.ts';
import { isFromElsewhere, type Origins } from './origins.ts';
import type { Caller } from './router.ts';
import { bearerIn, SESSION_COOKIE } from './sessionToken.ts';

/** Whose session this token is; undefined when it is none, or none any more. */
export type Authenticate = (token: string, address: string) => Promise<Caller | undefined>;

/** Who is behind an HTTP request. */
export interface Callers {
  /** The caller's network address, behind trusted proxies too. */
  addressOf(request: FastifyRequest): string;
  /** @throws AppError `wrong-origin` when another site may be behind it. */
  of(request: FastifyRequest): Promise<Caller | undefined>;
  /** @throws AppError `not-signed-in` as well. */
  signedIn(request: FastifyRequest): Promise<Caller>;
}

interface CallersDeps {
  readonly authenticate: Authenticate;
  readonly origins: Origins;
  readonly proxies: ProxyTrust;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

export function createCallers({ authenticate, origins, proxies }: CallersDeps): Callers {
  function addressOf({ socket, headers }: FastifyRequest): string {
    return proxies.addressOf(socket.remoteAddress, headerText(headers['x-forwarded-for']));
  }

  /** A bearer token speaks for itself. A cookie is sent by the browser unasked, so then the page's origin must be ours. */
  async function of(request: FastifyRequest): Promise<Caller | undefined> {
    const bearer = bearerIn(request.headers);
    if (bearer !== undefined) return authenticate(bearer, addressOf(request));
    const cookie = request.cookies[SESSION_COOKIE];
    const isUnsafe = !SAFE_METHODS.has(request.method);
    if (isUnsafe && isFromElsewhere(request.headers, origins, cookie !== undefined)) throw new AppError('wrong-origin');
    return cookie === undefined ? undefined : authenticate(cookie, addressOf(request));
  }

  return {
    addressOf,
    of,
    async signedIn(request) {
      const caller = await of(request);
      if (!caller) throw new AppError('not-signed-in');
      return caller;
    },
  };
}

export function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(',');
}
