import { pushRoutes } from '@dialog/shared/push';
import type { Router } from '../platform/http/router.ts';
import type { PushService } from './push.service.ts';

export function servePush(router: Router, push: PushService): void {
  router.serve(pushRoutes.getPushKey, () => push.key());
  router.serve(pushRoutes.savePushSubscription, async ({ params, body }, caller) => {
    await push.save(caller, params.deviceId, body);
    return {};
  });
  router.serve(pushRoutes.removePushSubscription, async ({ params }, caller) => {
    await push.remove(caller, params.deviceId);
    return {};
  });
  router.serve(pushRoutes.acknowledgePush, async ({ body }) => {
    await push.acknowledge(body);
    return {};
  });
  router.serve(pushRoutes.testPush, ({ params, body }, caller) =>
    push.test(caller, { deviceId: params.deviceId, id: body.id }),
  );
  router.serve(pushRoutes.getPushHealth, ({ params }, caller) => push.health(caller, params.deviceId));
}
