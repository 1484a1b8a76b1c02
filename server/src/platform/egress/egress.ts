import type { IncomingMessage } from 'node:http';
import { createTurns } from '../turns.ts';
import { readBody, type BodyBound } from './body.ts';
import { EgressRefusal } from './egressRefusal.ts';
import { request } from './request.ts';
import { resolveByDns } from './resolve.ts';
import { targetOf, type Reach, type Resolve } from './target.ts';

/** What the caller takes; anything else is refused before its body is read. */
export interface Wanted extends BodyBound {
  /** Media types in lower case. */
  readonly types: readonly string[];
}

export interface Fetched {
  /** Where it was found, after redirects. */
  readonly url: string;
  /** The whole `Content-Type`. */
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * The one way out to addresses that people name (SECURITY attack 11): http and https on their own ports, to public
 * addresses only, each hop checked and pinned, without cookies, bounded in time, size and number.
 */
export interface Egress {
  /** @throws EgressRefusal */
  fetch(url: string, wanted: Wanted): Promise<Fetched>;
  /** Lets go of what is under way. */
  stop(): void;
}

interface EgressOptions {
  /** `EGRESS_ALLOW`: exact `address:port` pairs that are open besides. */
  readonly allow: readonly string[];
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  /** How many go out at a time; the others wait. */
  readonly atOnce?: number;
}

/** For all of one fetch: names, redirects and body. */
const TIMEOUT_MS = 5_000;
const REDIRECTS_MAX = 3;
const AT_ONCE = 4;
const WAITING_MAX = 100;

export function createEgress(options: EgressOptions): Egress {
  const { allow, resolve = resolveByDns, timeoutMs = TIMEOUT_MS, atOnce = AT_ONCE } = options;
  const reach: Reach = { resolve, allow: new Set(allow) };
  const inTurn = createTurns({
    atOnce,
    waitingMax: WAITING_MAX,
    refusal: () => new EgressRefusal('busy'),
  });
  const stopping = new AbortController();

  async function fetchWithin(url: string, wanted: Wanted): Promise<Fetched> {
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([late, stopping.signal]);
    try {
      return await untilAborted(follow(url, { ...wanted, reach, signal }), signal);
    } catch (error) {
      if (stopping.signal.aborted) throw new EgressRefusal('stopping');
      if (late.aborted) throw new EgressRefusal('too-slow');
      throw error instanceof EgressRefusal ? error : new EgressRefusal('unreachable', { cause: error });
    }
  }

  return {
    fetch: (url, wanted) => inTurn(() => fetchWithin(url, wanted)),
    stop: () => stopping.abort(),
  };
}

interface Way extends Wanted {
  readonly reach: Reach;
  readonly signal: AbortSignal;
}

async function follow(start: string, way: Way): Promise<Fetched> {
  let url = start;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    // oxlint-disable-next-line no-await-in-loop -- the next hop is known by this one's answer
    const step = await hop(url, way);
    if (typeof step !== 'string') return step;
    url = step;
  }
  throw new EgressRefusal('too-many-redirects');
}

/** What was fetched, or where to go on. */
async function hop(from: string, { reach, signal, types, ...bound }: Way): Promise<Fetched | string> {
  const target = await targetOf(from, reach);
  signal.throwIfAborted();
  const response = await request(target, { accept: types, signal });
  try {
    const next = redirectOf(response, target.url);
    if (next !== undefined) return next;
    const contentType = response.headers['content-type'] ?? '';
    if (response.statusCode !== 200) throw new EgressRefusal('wrong-answer');
    if (!types.includes(mediaTypeOf(contentType))) throw new EgressRefusal('wrong-type');
    return { url: target.url.href, contentType, body: await readBody(response, bound) };
  } finally {
    response.destroy();
  }
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, base: URL): string | undefined {
  const isRedirect = statusCode >= 300 && statusCode < 400 && location !== undefined;
  if (!isRedirect) return undefined;
  const next = URL.parse(location, base.href);
  if (!next) throw new EgressRefusal('wrong-answer');
  return next.href;
}

function mediaTypeOf(contentType: string): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** A name server that does not answer is let go of as well. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    if (signal.aborted) reject(new Error('aborted'));
    work.then(resolve, reject);
  });
}
