import { callRoutes } from '@dialog/shared/calls';
import type { FastifyInstance } from 'fastify';
import type { Router } from '../platform/http/router.ts';
import type { Upgrades } from '../platform/http/upgrades.ts';
import type { CallGate } from './calls.gate.ts';
import type { CallService } from './calls.service.ts';
import type { CallWebhooks } from './calls.webhooks.ts';
import { MEDIA_PATH } from './gate.urls.ts';

const WEBHOOK_BODY_MAX = 256 * 1024;

export function serveCalls(router: Router, calls: CallService): void {
  router.serve(callRoutes.getCallStatus, async () => calls.status());
  router.serve(callRoutes.startCall, async ({ params, body }, caller) =>
    calls.startCall(caller, { ...params, ...body, isVideo: body.isVideo ?? true }),
  );
  router.serve(callRoutes.getCall, async ({ params }, caller) => calls.getCall(caller, params.callId));
  router.serve(callRoutes.joinCall, async ({ params, body }, caller) => calls.joinCall(caller, { ...params, ...body }));
  router.serve(callRoutes.leaveCall, async ({ params, body }, caller) =>
    calls.leaveCall(caller, { callId: params.callId, deviceId: body.deviceId }),
  );
}

interface MediaParts {
  readonly http: FastifyInstance;
  readonly upgrades: Upgrades;
  readonly gate: CallGate;
  readonly webhooks: CallWebhooks;
}

/** What comes past the contract: the media server's signalling below MEDIA_PATH, and its webhooks. */
export function serveMedia({ http: app, upgrades, gate, webhooks }: MediaParts): void {
  app.get(`${MEDIA_PATH}/*`, async (request, reply) => {
    const { status, text } = await gate.validate(request.raw);
    return reply.code(status).type('text/plain').send(text);
  });

  upgrades.on(`${MEDIA_PATH}/`, (request, socket, head) => void gate.upgrade(request, socket, head));

  app.addHook('preClose', async () => gate.close());

  // In a scope of its own: only here a body stays the text that was signed.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: WEBHOOK_BODY_MAX }, (_request, body, done) =>
      done(null, body),
    );
    scope.post('/livekit/webhook', async (request, reply) => {
      const isHeard =
        typeof request.body === 'string' && (await webhooks.hear(request.body, request.headers.authorization));
      return reply.code(isHeard ? 200 : 401).send();
    });
  });
}
