import { createECDH, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startLoopbackSite } from '../../testing/loopbackSite.ts';
import { createWebPush, encryptPush, newVapidKeys } from './webPush.ts';

const VAPID = { ...newVapidKeys(), subject: 'mailto:admin@dialog.sample' };

function aPush(endpoint: string) {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const device = { p256dh: keys.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
  return { endpoint, body: encryptPush(device, 'hello'), ttlSeconds: 60, urgency: 'normal' as const, topic: null };
}

const INSIDE: readonly (readonly [string, readonly string[]])[] = [
  ['private', ['10.0.0.1']],
  ['loopback', ['127.0.0.1']],
  ['loopback as IPv6', ['::1']],
  ['mapped', ['::ffff:127.0.0.1']],
  ['link-local', ['169.254.169.254']],
  ['public and loopback', ['93.184.215.14', '127.0.0.1']],
];

test.each(INSIDE)(
  'SECURITY 12: a push service whose name has a %s address is not called, however well known',
  async (_kind, addresses) => {
    const canary = await startLoopbackSite((_request, response) => response.writeHead(201).end());
    const asked: string[] = [];
    const webPush = createWebPush({
      hosts: ['push.own.sample'],
      allow: [`push.own.sample:${canary.port}`],
      timeoutMs: 2_000,
      resolve: async (name) => {
        asked.push(name);
        return addresses;
      },
    });
    // Named by the operator on the port of TLS, and on the port where somebody listens.
    const endpoints = [
      'https://push.own.sample/a',
      'https://fcm.googleapis.com/fcm/send/a',
      `http://push.own.sample:${canary.port}/a`,
    ];
    for (const endpoint of endpoints) {
      expect(webPush.serviceOf(endpoint)).not.toBeNull();
      expect(await webPush.send(aPush(endpoint), VAPID)).toEqual({ kind: 'unreachable' });
    }
    expect(asked).toEqual(['push.own.sample', 'fcm.googleapis.com', 'push.own.sample']);
    expect(canary.heard).toEqual([]);
    canary.stop();
  },
);

test('one that is allowed is called once, at the address that its name had then, and leads nowhere else', async () => {
  const canary = await startLoopbackSite((_request, response) => response.writeHead(201).end());
  const site = await startLoopbackSite(
    (_request, response) => void response.writeHead(307, { location: `${canary.url}/secret` }).end(),
  );
  let asked = 0;
  const webPush = createWebPush({
    hosts: [],
    allow: [`push.own.sample:${site.port}`, site.pair, canary.pair],
    resolve: async () => [(asked += 1) === 1 ? '127.0.0.1' : '127.0.0.2'],
  });
  const answer = await webPush.send(aPush(`http://push.own.sample:${site.port}/a`), VAPID);
  expect(answer).toMatchObject({ kind: 'answered', status: 307 });
  expect([asked, site.heard.length, canary.heard.length]).toEqual([1, 1, 0]);
  site.stop();
  canary.stop();
});
