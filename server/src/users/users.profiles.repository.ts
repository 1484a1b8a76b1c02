import type { UserId } from '@dialog/shared/contract/values';
import type { AvatarId, User } from '@dialog/shared/users';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { toUser, USER_COLUMNS, type UserColumns } from '../platform/mysql/userColumns.ts';

export interface SealedStatus {
  readonly status: Buffer | null;
  readonly until: Date | null;
}

export interface StoredProfile extends SealedStatus {
  readonly user: User;
  readonly description: Buffer | null;
  /** The person's revision when anything of it last changed. */
  readonly revision: number;
}

type ProfileColumns = UserColumns & {
  description: Buffer | null;
  status: Buffer | null;
  until: Date | null;
  revision: number;
};

export type ProfileRepository = typeof profileRepository;

export const profileRepository = {
  async find(tx: Tx, userId: UserId): Promise<StoredProfile | undefined> {
    const [row] = await tx.rows<ProfileColumns>(
      `SELECT ${USER_COLUMNS}, u.description, u.status, u.status_until AS until, u.own_profile_revision AS revision
       FROM users u WHERE u.id = :userId`,
      { userId: toBytes(userId) },
    );
    if (!row) return undefined;
    const { description, status, until, revision } = row;
    return { user: toUser(row), description, status, until, revision };
  },

  /** What others see of the person in their chats. */
  async saveUser(tx: Tx, user: User, revision: number): Promise<void> {
    await tx.run(
      `UPDATE users SET user_name = :userName, display_name = :displayName, avatar_id = :avatarId,
         profile_revision = :revision, own_profile_revision = :revision WHERE id = :id`,
      {
        id: toBytes(user.id),
        userName: user.userName,
        displayName: user.displayName,
        avatarId: user.avatarId ? toBytes(user.avatarId) : null,
        revision,
      },
    );
  },

  async saveDescription(tx: Tx, userId: UserId, saved: { description: Buffer | null; revision: number }) {
    await tx.run('UPDATE users SET description = :description, own_profile_revision = :revision WHERE id = :userId', {
      ...saved,
      userId: toBytes(userId),
    });
  },

  async saveStatus(tx: Tx, userId: UserId, saved: SealedStatus & { revision: number }): Promise<void> {
    await tx.run(
      `UPDATE users SET status = :status, status_until = :until, own_profile_revision = :revision WHERE id = :userId`,
      { status: saved.status, until: saved.until, revision: saved.revision, userId: toBytes(userId) },
    );
  },

  /** Of those of these people who have one at this moment. */
  async statuses(
    tx: Tx,
    userIds: readonly UserId[],
    now: Date,
  ): Promise<readonly (SealedStatus & { readonly userId: UserId })[]> {
    if (userIds.length === 0) return [];
    const rows = await tx.rows<{ id: Buffer; status: Buffer; until: Date | null }>(
      `SELECT id, status, status_until AS until FROM users
       WHERE id IN (:ids) AND status IS NOT NULL AND (status_until IS NULL OR status_until > :now)`,
      { ids: userIds.map(toBytes), now },
    );
    return rows.map(({ id, status, until }) => ({ userId: fromBytes<UserId>(id), status, until }));
  },

  async putAvatar(tx: Tx, userId: UserId, avatar: { id: AvatarId; large: Buffer; small: Buffer }): Promise<void> {
    await profileRepository.removeAvatar(tx, userId);
    await tx.run('INSERT INTO avatars (id, user_id, large, small) VALUES (:id, :userId, :large, :small)', {
      id: toBytes(avatar.id),
      userId: toBytes(userId),
      large: avatar.large,
      small: avatar.small,
    });
  },

  async removeAvatar(tx: Tx, userId: UserId): Promise<void> {
    await tx.run('DELETE FROM avatars WHERE user_id = :userId', { userId: toBytes(userId) });
  },

  async findAvatar(tx: Tx, id: AvatarId, size: 'large' | 'small'): Promise<Buffer | undefined> {
    const [row] = await tx.rows<{ body: Buffer }>(
      `SELECT ${size === 'large' ? 'large' : 'small'} AS body FROM avatars WHERE id = :id`,
      { id: toBytes(id) },
    );
    return row?.body;
  },
};
