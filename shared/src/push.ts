import * as z from 'zod/mini';
import { defineRoutes } from './contract/routes.ts';
import { DeviceId, Timestamp, Uuid } from './contract/values.ts';
import { PushAddress, PushToken } from './push.values.ts';

export { PUSH_TEXT_MAX, PushAddress, PushPayload, PushToken, SUBSCRIPTIONS_PER_PERSON_MAX } from './push.values.ts';

const deviceParams = z.object({ deviceId: DeviceId });

/** How far one push has got. */
export const PushOutcome = z.enum([
  /** The push service has it. */
  'accepted',
  /** This device has no subscription: it was never made, or it ended. */
  'no-subscription',
  /** The push service does not know the subscription any more; it is removed, and the device has to make another. */
  'gone',
  /** The push service did not take it, and says why in its status. */
  'refused',
  /** The push service asks for patience. */
  'busy',
  /** The push service did not answer in time, or cannot be reached from the server. */
  'unreachable',
  /** The subscription points to where this server does not send. */
  'forbidden',
]);
export type PushOutcome = z.infer<typeof PushOutcome>;

/** What one try to reach a device ended with. */
const PushTry = z.object({
  outcome: PushOutcome,
  /** What the push service answered; null when it did not. */
  status: z.nullable(z.int()),
  at: Timestamp,
});

export const PushHealth = z.object({
  isSubscribed: z.boolean(),
  /** Host of the push service; null without a subscription. */
  service: z.nullable(z.string()),
  lastTry: z.nullable(PushTry),
  /** When the service worker of this device last said that a push had come, and that it was shown. */
  lastArrivedAt: z.nullable(Timestamp),
  lastShownAt: z.nullable(Timestamp),
  /** The last try that failed, if any did since the subscription was made. */
  lastError: z.nullable(PushTry),
  /** The newest test of this device. */
  lastTest: z.nullable(z.object({ id: Uuid, arrivedAt: z.nullable(Timestamp), shownAt: z.nullable(Timestamp) })),
});
export type PushHealth = z.infer<typeof PushHealth>;

/** Web Push: which devices are pushed to, and whether that works. */
export const pushRoutes = defineRoutes({
  getPushKey: {
    summary: "The server's VAPID key, for `applicationServerKey`.",
    method: 'GET',
    path: '/push/key',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: z.object({ publicKey: z.string() }),
    errors: [],
  },
  savePushSubscription: {
    summary:
      'This device is pushed to from now on, as long as its session lives. One per device; of more than ten the one that was saved longest ago goes.',
    method: 'PUT',
    path: '/push/devices/:deviceId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: deviceParams,
    body: z.object({
      endpoint: PushAddress,
      keys: z.object({
        /** Uncompressed point of P-256. */
        p256dh: z.string().check(z.regex(/^[\w-]{87}$/)),
        auth: z.string().check(z.regex(/^[\w-]{22}$/)),
      }),
      /** In which this device speaks, for as long as its owner has not chosen one. */
      language: z.string().check(z.regex(/^[a-zA-Z]{2,3}(-\w{1,8}){0,4}$/)),
    }),
    reply: z.object({}),
    errors: ['push-service-refused'],
  },
  removePushSubscription: {
    summary: 'This device is pushed to no more.',
    method: 'DELETE',
    path: '/push/devices/:deviceId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: deviceParams,
    reply: z.object({}),
    errors: [],
  },
  acknowledgePush: {
    summary:
      'Told by a service worker: a push has come, and whether something was shown. Who can read its token is the device it was encrypted for, signed in or not.',
    method: 'POST',
    path: '/push/acknowledge',
    access: 'public',
    carriers: 'http',
    limits: ['readPublic'],
    body: z.object({ token: PushToken, isShown: z.boolean() }),
    reply: z.object({}),
    errors: [],
  },
  testPush: {
    summary: 'Sends one push to this device at once, past all rules, and answers what the push service said.',
    method: 'POST',
    path: '/push/devices/:deviceId/test',
    access: 'session',
    carriers: 'both',
    limits: ['testPush'],
    params: deviceParams,
    body: z.object({
      /** Names the test in `PushHealth` and in what the service worker tells its pages. */
      id: Uuid,
    }),
    reply: z.extend(PushTry, { service: z.nullable(z.string()), tookMs: z.int() }),
    errors: [],
  },
  getPushHealth: {
    summary: 'Whether this device is really reached.',
    method: 'GET',
    path: '/push/devices/:deviceId',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: deviceParams,
    reply: PushHealth,
    errors: [],
  },
});
