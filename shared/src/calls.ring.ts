import * as z from 'zod/mini';
import { CallRinging, Ring } from './calls.ring.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { CallId, DeviceId, UserId } from './contract/values.ts';

const callParams = z.object({ callId: CallId });

export const ringRoutes = defineRoutes({
  listRings: {
    summary: 'What rings me, and whom my calls ring: asked at each connect.',
    method: 'GET',
    path: '/rings',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: z.object({ rings: z.array(Ring), ringing: z.array(CallRinging) }),
    errors: ['ringing-unavailable'],
  },
  ringPerson: {
    summary: 'Asks one person of the chat into a call that goes on, once more or for the first time.',
    method: 'POST',
    path: '/calls/:callId/rings',
    access: 'session',
    carriers: 'both',
    limits: ['startCall'],
    params: callParams,
    body: z.object({ userId: UserId }),
    reply: z.object({}),
    errors: ['call-not-found', 'member-not-found', 'not-reachable', 'blocked-by-you', 'ringing-unavailable'],
  },
  acknowledgeRing: {
    summary: 'This device rings, or would if it were not in another call.',
    method: 'POST',
    path: '/calls/:callId/ring/acknowledge',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: callParams,
    body: z.object({ deviceId: DeviceId, isBusy: z.boolean() }),
    reply: z.object({}),
    errors: ['call-not-found', 'ringing-unavailable'],
  },
  answerRing: {
    summary:
      'I answer on this device. Of several that try, on whichever nodes, one is first; all the others ring no longer.',
    method: 'POST',
    path: '/calls/:callId/ring/answer',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: callParams,
    body: z.object({ deviceId: DeviceId }),
    reply: z.object({}),
    errors: ['call-not-found', 'answered-elsewhere', 'ringing-unavailable'],
  },
  declineCall: {
    summary: 'I do not want to join this call: it stops ringing on all my devices, and who called learns of it.',
    method: 'POST',
    path: '/calls/:callId/decline',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: callParams,
    reply: z.object({}),
    errors: ['call-not-found', 'answered-elsewhere', 'ringing-unavailable'],
  },
});
