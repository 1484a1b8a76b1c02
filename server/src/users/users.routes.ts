import { userRoutes } from '@dialog/shared/users';
import type { Router } from '../platform/http/router.ts';
import type { UserService } from './users.service.ts';

export function serveUsers(router: Router, users: UserService): void {
  router.serve(userRoutes.findUser, ({ params }, { userId }) => users.findUser(userId, params.userName));
  router.serve(userRoutes.listUsers, async ({ body }, caller) => ({
    users: await users.listUsers(caller.userId, body.ids),
  }));
}
