import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { PushPayload, pushRoutes } from '@dialog/shared/push';
import type { RouteRequest } from '@dialog/shared/contract/routes';
import type { DeviceId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import { newId } from '../platform/ids.ts';
import { startLoopbackSite } from './loopbackSite.ts';

/** What a push of such a kind says. */
type PushOf<K extends PushPayload['kind']> = PushPayload extends infer P
  ? P extends { readonly kind: infer L }
    ? K & L extends never
      ? never
      : P
    : never
  : never;

/** A push as a device found it. */
export interface FoundPush {
  readonly payload: PushPayload;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

/** Somebody signed in, at a node. */
interface Subscriber<Node> {
  call(
    route: typeof pushRoutes.savePushSubscription,
    request: RouteRequest<typeof pushRoutes.savePushSubscription>,
    node?: Node,
  ): Promise<unknown>;
}

/** A browser's side: its keys, and what came for it. */
export interface PushDevice {
  readonly deviceId: DeviceId;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly found: readonly FoundPush[];
  /** Those of a kind. */
  of<K extends PushPayload['kind']>(...kinds: K[]): PushOf<K>[];
  /** Answers its pushes so from now on; null: takes them. */
  answer(status: number | null, headers?: Readonly<Record<string, string>>): void;
  /** Its pushes take so long from now on. */
  slowDown(ms: number): void;
  /** How many were sent to it, come or not. */
  readonly sent: () => number;
  /** Asks the server to be pushed to. */
  subscribe<Node>(person: Subscriber<Node>, node?: Node): Promise<void>;
  /** Says that it has come and was shown. */
  acknowledge(node: { readonly url: string }, push: FoundPush, isShown?: boolean): Promise<void>;
}

export interface PushServiceStandIn {
  /** For `EGRESS_ALLOW`. */
  readonly pair: string;
  device(): PushDevice;
  /** From now on nothing is answered at all. */
  hang(): void;
  stop(): void;
}

/**
 * A push service for tests, with the devices behind it: it takes what the server sends over HTTP, and the devices decrypt
 * it with keys of their own (RFC 8291), by nothing that the server uses.
 */
export async function startPushService(): Promise<PushServiceStandIn> {
  const devices = new Map<
    string,
    (request: IncomingMessage, body: Buffer) => Promise<{ status: number; headers: Readonly<Record<string, string>> }>
  >();
  let isHanging = false;
  const site = await startLoopbackSite(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    if (isHanging) return;
    const take = devices.get(request.url ?? '');
    const { status, headers } = take ? await take(request, Buffer.concat(chunks)) : { status: 410, headers: {} };
    response.writeHead(status, headers).end();
  });

  return {
    pair: site.pair,
    stop: site.stop,
    hang: () => void (isHanging = true),
    device() {
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const auth = randomBytes(16);
      const path = `/wpush/v2/${randomBytes(12).toString('hex')}`;
      const found: FoundPush[] = [];
      let answered: { status: number; headers: Readonly<Record<string, string>> } | null = null;
      let [tookMs, sent] = [0, 0];
      devices.set(path, async (request, body) => {
        sent += 1;
        if (tookMs > 0) await setTimeout(tookMs);
        if (answered) return answered;
        const plain: unknown = JSON.parse(decrypted(body, keys, auth));
        found.push({ payload: z.parse(PushPayload, plain), headers: request.headers, at: Date.now() });
        return { status: 201, headers: {} };
      });
      const deviceId = newId<DeviceId>();
      const endpoint = `${site.url}${path}`;
      const shared = { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') };
      return {
        deviceId,
        endpoint,
        keys: shared,
        found,
        of: (...kinds) =>
          found.map(({ payload }) => payload).filter(({ kind }) => (kinds as string[]).includes(kind)) as never,
        answer: (status, headers = {}) => void (answered = status === null ? null : { status, headers }),
        slowDown: (ms) => void (tookMs = ms),
        sent: () => sent,
        async subscribe(person, node) {
          const body = { endpoint, keys: shared, language: 'en' };
          await person.call(pushRoutes.savePushSubscription, { params: { deviceId }, body }, node);
        },
        async acknowledge({ url }, { payload: { token } }, isShown = true) {
          const answer = await fetch(`${url}/api/push/acknowledge`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', origin: url },
            body: JSON.stringify({ token, isShown }),
          });
          if (!answer.ok) throw new Error(`acknowledging answered ${answer.status}`);
        },
      };
    },
  };
}

const [SALT_BYTES, RECORD_SIZE_BYTES, KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [16, 4, 16, 12, 16];

/** One record of `aes128gcm` (RFC 8188), with the keys of RFC 8291. */
function decrypted(body: Buffer, keys: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, SALT_BYTES);
  const keyStart = SALT_BYTES + RECORD_SIZE_BYTES + 1;
  const keyEnd = keyStart + (body[keyStart - 1] ?? 0);
  const senderKey = body.subarray(keyStart, keyEnd);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey]);
  const ikm = hkdf(keys.computeSecret(senderKey), { salt: auth, info, length: 32 });
  const key = hkdf(ikm, { salt, info: Buffer.from('Content-Encoding: aes128gcm\0'), length: KEY_BYTES });
  const nonce = hkdf(ikm, { salt, info: Buffer.from('Content-Encoding: nonce\0'), length: NONCE_BYTES });
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  const plain = Buffer.concat([decipher.update(body.subarray(keyEnd, -TAG_BYTES)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
}

function hkdf(secret: Buffer, { salt, info, length }: { salt: Buffer; info: Buffer; length: number }): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}
