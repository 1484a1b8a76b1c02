/** Below this path of our origin the media server's signalling is reached. One media server for now, hence `main`. */
export const MEDIA_PATH = '/rtc/main';

/** What livekit-client asks for: it appends these to the address it was given (2.23: `/rtc/v1`, older servers `/rtc`). */
const SIGNAL_PATHS: ReadonlySet<string> = new Set(['/rtc', '/rtc/v1']);
const VALIDATE_PATHS: ReadonlySet<string> = new Set(['/rtc/validate', '/rtc/v1/validate']);
/** A join request carries the first SDP offer, gzipped, in its address. */
const URL_MAX = 32_000;

export interface GateRequest {
  readonly kind: 'signal' | 'validate';
  /** Path and query for the media server. */
  readonly target: string;
  readonly token: string;
}

/** Null for anything that livekit-client would not ask for. */
export function readGateUrl(url: string, authorization?: string): GateRequest | null {
  if (url.length > URL_MAX || !url.startsWith(`${MEDIA_PATH}/`)) return null;
  const { pathname, search, searchParams } = new URL(url.slice(MEDIA_PATH.length), 'http://media.invalid');
  const token = searchParams.get('access_token') ?? authorization?.replace(/^Bearer /, '');
  if (token === undefined || token === '') return null;
  if (SIGNAL_PATHS.has(pathname)) return { kind: 'signal', target: pathname + search, token };
  if (VALIDATE_PATHS.has(pathname)) return { kind: 'validate', target: pathname + search, token };
  return null;
}
