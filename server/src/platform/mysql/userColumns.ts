import type { UserId } from '@dialog/shared/contract/values';
import type { AvatarId, User } from '@dialog/shared/users';
import { fromBytes } from '../ids.ts';

/** What others see of a person, of the table `users` named `u`: one shape wherever people are read beside other rows. */
export const USER_COLUMNS = `u.id AS userId, u.user_name AS userName, u.display_name AS displayName,
  u.avatar_id AS avatarId, u.profile_revision AS profileRevision`;

export type UserColumns = {
  userId: Buffer;
  userName: string;
  displayName: string;
  avatarId: Buffer | null;
  profileRevision: number;
};

export function toUser({ userId, userName, displayName, avatarId, profileRevision }: UserColumns): User {
  return {
    id: fromBytes<UserId>(userId),
    userName,
    displayName,
    ...(avatarId ? { avatarId: fromBytes<AvatarId>(avatarId) } : {}),
    ...(profileRevision > 0 ? { profileRevision } : {}),
  };
}
