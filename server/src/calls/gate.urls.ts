/** Below this path of our origin, and its own name, each media server's signalling is reached: `/rtc/main/…`. */
export const MEDIA_PATH = '/rtc';

/** What livekit-client asks for: it appends these to the address it was given (2.23: `/rtc/v1`, older servers `/rtc`). */
const SIGNAL_PATHS: ReadonlySet<string> = new Set(['/rtc', '/rtc/v1']);
const VALIDATE_PATHS: ReadonlySet<string> = new Set(['/rtc/validate', '/rtc/v1/validate']);
/** A join request carries the first SDP offer, gzipped, in its address. */
const URL_MAX = 32_000;
const NAMED = /^\/rtc\/([a-z\d]{1,16})(\/.*)$/;

export interface GateRequest {
  readonly kind: 'signal' | 'validate';
  /** The media server's name. */
  readonly server: string;
  /** Path and query for it. */
  readonly target: string;
  readonly token: string;
}

/** Null for anything that livekit-client would not ask for. */
export function readGateUrl(url: string, authorization?: string): GateRequest | null {
  if (url.length > URL_MAX) return null;
  const [, server = '', rest = ''] = NAMED.exec(url) ?? [];
  // Whatever stands there, an address or not: this is asked before anybody is known.
  const address = URL.parse(rest, 'http://media.invalid');
  if (!address) return null;
  const { pathname, search, searchParams } = address;
  const token = searchParams.get('access_token') ?? authorization?.replace(/^Bearer /, '');
  const kind = kindOf(pathname);
  return kind && token ? { kind, server, target: pathname + search, token } : null;
}

function kindOf(pathname: string): GateRequest['kind'] | null {
  if (SIGNAL_PATHS.has(pathname)) return 'signal';
  return VALIDATE_PATHS.has(pathname) ? 'validate' : null;
}
