import { peopleRoutes } from '@dialog/shared/people';
import type { RouteInput } from '@dialog/shared/contract/routes';
import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Router } from '../platform/http/router.ts';
import type { UserService } from '../users/users.service.ts';
import type { Directory } from './people.directory.ts';
import type { AddLinks } from './people.links.ts';
import type { PeopleService } from './people.service.ts';

interface Served {
  readonly db: Database;
  readonly people: PeopleService;
  readonly links: AddLinks;
  readonly directory: Directory;
  readonly users: Pick<UserService, 'load'>;
}

export function servePeople(router: Router, { db, people, links, directory, users }: Served): void {
  /** By name one finds whom the directory shows; by link and id also who has blocked the asker, and is never heard of. */
  async function meant(actorId: UserId, by: RouteInput<typeof peopleRoutes.requestFriend>['body']): Promise<UserId> {
    if ('userId' in by) return by.userId;
    if ('code' in by) return ownerOf(by.code);
    const found = await directory.findExactly(actorId, by.userName);
    if (!found) throw new AppError('user-not-found');
    return found;
  }

  async function ownerOf(code: string): Promise<UserId> {
    const owner = await links.ownerOf(code);
    if (!owner) throw new AppError('link-not-found');
    return owner;
  }

  async function userBehind(code: string): Promise<User> {
    const owner = await ownerOf(code);
    const user = (await users.load(db, [owner])).get(owner);
    if (!user) throw new AppError('link-not-found');
    return user;
  }

  router.serve(peopleRoutes.requestFriend, async ({ body }, { userId }) =>
    people.request(userId, await meant(userId, body)),
  );
  router.serve(peopleRoutes.acceptFriend, ({ params }, { userId }) => people.accept(userId, params.userId));
  router.serve(peopleRoutes.declineFriend, ({ params }, { userId }) => people.decline(userId, params.userId));
  router.serve(peopleRoutes.withdrawRequest, ({ params }, { userId }) => people.withdraw(userId, params.userId));
  router.serve(peopleRoutes.removeFriend, ({ params }, { userId }) => people.remove(userId, params.userId));
  router.serve(peopleRoutes.blockPerson, ({ params }, { userId }) => people.block(userId, params.userId));
  router.serve(peopleRoutes.unblockPerson, ({ params }, { userId }) => people.unblock(userId, params.userId));
  router.serve(peopleRoutes.getAddLink, async (_, { userId }) => ({ code: await links.codeOf(userId) }));
  router.serve(peopleRoutes.renewAddLink, async (_, { userId }) => ({ code: await links.renew(userId) }));
  router.serve(peopleRoutes.revokeAddLink, async (_, { userId }) => {
    await links.revoke(userId);
    return { code: null };
  });
  router.serve(peopleRoutes.lookUpAddLink, ({ body }) => userBehind(body.code));
  router.serve(peopleRoutes.findPeople, ({ body }, { userId }) => directory.find(userId, body.name));
}
