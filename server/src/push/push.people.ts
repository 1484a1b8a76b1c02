import type { UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import type { UserService } from '../users/users.service.ts';
import { namedIn, pushedName } from './push.text.ts';

export interface PushPeopleDeps {
  readonly users: Pick<UserService, 'load'>;
  /** Path of somebody's picture, if they have one. */
  readonly pictureOf: (user: User) => string | null;
}

export type PushPeople = ReturnType<typeof createPushPeople>;

/** Names and pictures of those whom pushes speak of. */
export function createPushPeople({ users, pictureOf }: PushPeopleDeps) {
  async function byIds(tx: Tx, ids: readonly UserId[]) {
    const known = await users.load(tx, ids);
    return {
      nameOf: (userId: UserId): string => pushedName(known.get(userId)?.displayName ?? ''),
      senderOf(userId: UserId) {
        const user = known.get(userId);
        return { name: pushedName(user?.displayName ?? ''), picture: user ? pictureOf(user) : null };
      },
    };
  }

  return {
    byIds,
    /** Who wrote these, and who is named in them. */
    load(tx: Tx, messages: readonly Message[]) {
      return byIds(
        tx,
        messages.flatMap((message) => [message.senderId, ...namedIn(message)]),
      );
    },
  };
}
