import type { User } from '@dialog/shared/users';

/** Up to here the small one is sharp, also where a pixel is two dots wide. */
const SMALL_UP_TO = 48;

/** Where the picture of a person is (`avatarPath`, which would bring its whole contract); none: letters stand for them. */
export function avatarUrl({ avatarId }: Pick<User, 'avatarId'>, size: number): string | undefined {
  return avatarId && `/api/avatars/${avatarId}/${size <= SMALL_UP_TO ? 'small' : 'large'}`;
}
