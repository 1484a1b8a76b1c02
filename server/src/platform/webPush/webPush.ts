import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import webPush from 'web-push';
import { pinnedTo } from '../egress/request.ts';
import { resolveByDns } from '../egress/resolve.ts';
import { targetOf, type Resolve, type Target } from '../egress/target.ts';
import { serviceOf, type PushReach } from './pushAddress.ts';

/** Where one device is pushed to, and the keys that only it can read. */
export interface PushSubscriptionKeys {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** Who the pushes are from. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
  /** `mailto:` or `https:`, for the operator of a push service who wants to talk to ours. */
  readonly subject: string;
}

export type PushUrgency = 'low' | 'normal' | 'high';

export interface EncryptedPush {
  readonly endpoint: string;
  /** RFC 8291, `aes128gcm`. */
  readonly body: Buffer;
  readonly ttlSeconds: number;
  readonly urgency: PushUrgency;
  /** A push that was not handed over yet is replaced by the next of the same topic. */
  readonly topic: string | null;
}

export type PushAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unreachable' };

export interface WebPush {
  serviceOf(endpoint: string): string | null;
  /** One POST. Never throws. */
  send(push: EncryptedPush, vapid: VapidKeys): Promise<PushAnswer>;
  stop(): void;
}

interface Options extends PushReach {
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

const TIMEOUT_MS = 5_000;
/** What a push service says beside its status is read so far, for nothing but the connection's sake. */
const ANSWER_MAX_BYTES = 16_384;
/** A signature is good for 12 hours at its service; one is used for an hour. */
const SIGNED_FOR_MS = 3_600_000;
const SERVICES_MAX = 200;

/** Encrypts for one device, so that nobody between it and this process can read what it says. */
export function encryptPush({ p256dh, auth }: Omit<PushSubscriptionKeys, 'endpoint'>, plain: string): Buffer {
  return webPush.encrypt(p256dh, auth, plain, 'aes128gcm').cipherText;
}

export function newVapidKeys(): { publicKey: string; privateKey: string } {
  return webPush.generateVAPIDKeys();
}

/**
 * The way out to push services (RFC 8030): known hosts over TLS, every address public and pinned, no redirects, bounded
 * in time and size (SECURITY attack 12). Whether the host may be sent to is asked again each time: an operator may have
 * changed their mind since it was saved.
 */
export function createWebPush({
  hosts,
  allow,
  resolve = resolveByDns,
  timeoutMs = TIMEOUT_MS,
  now = Date.now,
}: Options): WebPush {
  const reach = { resolve, allow: new Set(allow) };
  const stopping = new AbortController();
  const signed = new Map<string, { readonly header: string; readonly at: number }>();

  function signatureFor({ origin }: URL, { publicKey, privateKey, subject }: VapidKeys): string {
    const known = signed.get(`${origin} ${publicKey}`);
    if (known && now() - known.at < SIGNED_FOR_MS) return known.header;
    const header = webPush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm').Authorization;
    if (signed.size >= SERVICES_MAX) signed.clear();
    signed.set(`${origin} ${publicKey}`, { header, at: now() });
    return header;
  }

  async function post(push: EncryptedPush, vapid: VapidKeys, signal: AbortSignal): Promise<PushAnswer> {
    const target = await targetOf(push.endpoint, reach);
    signal.throwIfAborted();
    const response = await posted(target, {
      body: push.body,
      signal,
      headers: {
        ttl: `${push.ttlSeconds}`,
        urgency: push.urgency,
        ...(push.topic === null ? {} : { topic: push.topic }),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        'content-length': `${push.body.length}`,
        authorization: signatureFor(target.url, vapid),
      },
    });
    await drained(response);
    const { statusCode = 0, headers } = response;
    return { kind: 'answered', status: statusCode, retryAfterSeconds: secondsIn(headers['retry-after'], now()) };
  }

  return {
    serviceOf: (endpoint) => serviceOf(endpoint, { hosts, allow }),
    async send(push, vapid) {
      if (serviceOf(push.endpoint, { hosts, allow }) === null) return { kind: 'forbidden' };
      try {
        return await untilLate(
          post(push, vapid, AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping.signal])),
          timeoutMs,
        );
      } catch {
        // A name that leads inside, a service that is down: neither is told apart to whoever named it.
        return { kind: 'unreachable' };
      }
    },
    stop: () => stopping.abort(),
  };
}

interface Post {
  readonly body: Buffer;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

function posted({ url, addresses }: Target, { body, signal, headers }: Post): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    send(url, { method: 'POST', agent: false, lookup: pinnedTo(addresses), signal, headers }, resolve)
      .once('error', reject)
      .end(body);
  });
}

async function drained(response: IncomingMessage): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      if (size > ANSWER_MAX_BYTES) break;
    }
  } finally {
    response.destroy();
  }
}

/** Seconds, or a date. */
function secondsIn(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMs) / 1_000));
}

/** A name server that does not answer is let go of as well. */
function untilLate<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
