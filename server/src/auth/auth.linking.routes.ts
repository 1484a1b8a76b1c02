import { linkingRoutes } from '@dialog/shared/auth.linking';
import type { Router } from '../platform/http/router.ts';
import type { Linking } from './auth.linking.ts';
import { handOver } from './auth.routes.ts';

export function serveLinking(router: Router, linking: Linking): void {
  router.serve(linkingRoutes.askToBeLinked, (_input, _caller, context) => linking.ask(context));
  router.serve(linkingRoutes.takeLink, async ({ body }, _caller, context) => {
    const begun = await linking.take(body.linkId, body.secret, context);
    if (!begun) return { state: 'waiting' as const };
    return { state: 'signed-in' as const, ...handOver(begun, body.keep, context) };
  });
  router.serve(linkingRoutes.lookAtLink, ({ body }) => linking.look(body.code));
  router.serve(linkingRoutes.answerLink, async ({ body }, caller) => {
    await linking.answer(caller, body.code, body.isLetIn);
    return {};
  });
}
