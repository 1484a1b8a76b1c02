import { randomUUID } from 'node:crypto';
import type { PersonChanges } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { AvatarId, type PersonProfile, type PersonStatus, type User } from '@dialog/shared/users';
import type { AvatarSize } from '@dialog/shared/users.profile';
import { AppError } from '../platform/appError.ts';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { Remake } from '../platform/pictures/remaking.ts';
import type { UserNames } from './users.names.ts';
import type { ProfileRepository, StoredProfile } from './users.profiles.repository.ts';
import { createProfileSeals } from './users.seals.ts';

interface OwnAct {
  readonly tx: Tx;
  /** The person's next one. */
  readonly revision: number;
}

interface Deps {
  readonly db: Database;
  readonly repository: ProfileRepository;
  readonly names: UserNames;
  readonly remake: Remake;
  readonly masterKey: Buffer;
  readonly now: () => Date;
  /** The unit of work of what is a person's own; null: nothing changed. */
  readonly changePerson: (
    userId: UserId,
    work: (act: OwnAct) => Promise<{ readonly profile: PersonProfile } | null>,
  ) => Promise<PersonChanges>;
  /** In the transaction: a name or picture changed, and the chats of this person have to learn of it. */
  readonly profileChanged: (tx: Tx, userId: UserId) => Promise<void>;
  /** In the transaction: the name one signs in by is another one. */
  readonly userNameChanging: (tx: Tx, caller: Caller) => Promise<void>;
  /** After the commit. */
  readonly afterCommit: () => void;
  /** After the commit: those who have this person on screen may hear of it. */
  readonly statusChanged: (userId: UserId) => void;
  /** How much of that person this reader may read. */
  readonly knownTo: (reader: UserId, userId: UserId) => Promise<Acquaintance>;
  readonly commonChats: (reader: UserId, userId: UserId) => Promise<readonly ChatId[]>;
}

/** `by-name`: as somebody who has written nothing about themselves. */
export type Acquaintance = 'well' | 'by-name' | 'not';

export type ProfileService = ReturnType<typeof createProfiles>;

/**
 * What people say of themselves. Each change is one act of the person, told to their own devices; a name or picture is
 * told in their chats by what `profileChanged` writes into the same transaction. What they wrote is sealed.
 */
export function createProfiles(deps: Deps) {
  const { db, repository, names, changePerson, now } = deps;
  const seals = createProfileSeals(deps.masterKey);
  const pictureKey = deriveSealingKey(deps.masterKey, 'avatars');

  async function stored(tx: Tx, userId: UserId): Promise<StoredProfile> {
    const found = await repository.find(tx, userId);
    if (!found) throw new AppError('user-not-found');
    return found;
  }

  function present({ user, description, status, until }: StoredProfile): PersonProfile {
    const isOver = until !== null && until <= now();
    return {
      user,
      description: seals.openDescription(user.id, description),
      status: isOver ? null : seals.openStatus(user.id, { status, until }),
    };
  }

  /** Changes what others see in their chats: `change` answers the new one, or null. */
  async function changeUser(
    userId: UserId,
    change: (tx: Tx, user: User) => Promise<User | null>,
  ): Promise<PersonChanges> {
    const changes = await changePerson(userId, async ({ tx, revision }) => {
      const { user } = await stored(tx, userId);
      const changed = await change(tx, user);
      if (!changed) return null;
      await repository.saveUser(tx, changed, revision);
      await deps.profileChanged(tx, userId);
      return { profile: present(await stored(tx, userId)) };
    });
    deps.afterCommit();
    return changes;
  }

  return {
    async changeProfile(
      userId: UserId,
      change: { readonly displayName?: string | undefined; readonly description?: string | undefined },
    ): Promise<PersonChanges> {
      const changes = await changePerson(userId, async ({ tx, revision }) => {
        const before = present(await stored(tx, userId));
        const { displayName = before.user.displayName, description = before.description } = change;
        const isRenamed = displayName !== before.user.displayName;
        if (!isRenamed && description === before.description) return null;
        if (description !== before.description)
          await repository.saveDescription(tx, userId, {
            description: seals.description(userId, description),
            revision,
          });
        if (isRenamed) {
          await repository.saveUser(tx, { ...before.user, displayName }, revision);
          await deps.profileChanged(tx, userId);
        }
        return { profile: present(await stored(tx, userId)) };
      });
      deps.afterCommit();
      return changes;
    },

    async changeUserName(caller: Caller, userName: string): Promise<PersonChanges> {
      const { userId } = caller;
      try {
        return await changeUser(userId, async (tx, user) => {
          if (user.userName === userName) return null;
          await names.giveUp(tx, userId, user.userName);
          const changed = { ...user, userName };
          // Written first: waits for whoever gives this name up at this moment.
          await repository.saveUser(tx, changed, user.profileRevision ?? 0);
          await names.requireFree(tx, userName, userId);
          await deps.userNameChanging(tx, caller);
          return changed;
        });
      } catch (error) {
        if (isDuplicate(error)) throw new AppError('user-name-taken', undefined, { cause: error });
        throw error;
      }
    },

    async setStatus(userId: UserId, status: PersonStatus | null): Promise<PersonChanges> {
      const until = status?.until === undefined ? null : new Date(status.until);
      const isOver = until !== null && until <= now();
      const changes = await changePerson(userId, async ({ tx, revision }) => {
        const sealed = status === null || isOver ? null : seals.status(userId, status);
        await repository.saveStatus(tx, userId, { status: sealed, until: sealed && until, revision });
        return { profile: present(await stored(tx, userId)) };
      });
      deps.statusChanged(userId);
      return changes;
    },

    async setAvatar(userId: UserId, original: Buffer): Promise<PersonChanges> {
      const { large, small } = (await deps.remake(original, 'square')).variants;
      if (!large || !small) throw new AppError('picture-refused', 'not both sides of it');
      // Random from end to end, unlike other ids: whoever was not told it cannot guess it.
      const id = AvatarId.parse(randomUUID());
      return changeUser(userId, async (tx, user) => {
        await repository.putAvatar(tx, userId, {
          id,
          large: seal(pictureKey, large, contextOf(id, 'large')),
          small: seal(pictureKey, small, contextOf(id, 'small')),
        });
        return { ...user, avatarId: id };
      });
    },

    removeAvatar: (userId: UserId) =>
      changeUser(userId, async (tx, { avatarId, ...user }) => {
        if (avatarId === undefined) return null;
        await repository.removeAvatar(tx, userId);
        return user;
      }),

    /** @throws user-not-found when it is gone, or never was. */
    async readAvatar(id: AvatarId, size: AvatarSize): Promise<Buffer> {
      const body = await repository.findAvatar(db, id, size);
      if (!body) throw new AppError('user-not-found', 'no such picture');
      return unseal(pictureKey, body, contextOf(id, size));
    },

    /** @throws user-not-found, to strangers too. */
    async getProfile(reader: UserId, userId: UserId) {
      const known = reader === userId ? 'well' : await deps.knownTo(reader, userId);
      if (known === 'not') throw new AppError('user-not-found');
      const whole = present(await stored(db, userId));
      const profile = known === 'well' ? whole : { user: whole.user, description: '', status: null };
      return { profile, commonChatIds: [...(reader === userId ? [] : await deps.commonChats(reader, userId))] };
    },

    /** One's own, if it changed after this revision of the person; whoever has nothing yet gets it in any case. */
    async profileSince(tx: Tx, userId: UserId, since: number): Promise<PersonProfile | undefined> {
      const found = await repository.find(tx, userId);
      return found && (since === 0 || found.revision > since) ? present(found) : undefined;
    },

    /** For other features, whose own rights say who may see them: of those of these people who have one now. */
    async statusesOf(tx: Tx, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, PersonStatus>> {
      const statuses = new Map<UserId, PersonStatus>();
      for (const { userId, ...sealed } of await repository.statuses(tx, userIds, now())) {
        const status = seals.openStatus(userId, sealed);
        if (status) statuses.set(userId, status);
      }
      return statuses;
    },
  };
}

/** Bound to its name and its size. */
function contextOf(id: AvatarId, size: AvatarSize): Buffer {
  return Buffer.from(`avatar ${id} ${size}`);
}
