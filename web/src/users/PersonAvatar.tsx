import type { User } from '@dialog/shared/users';
import type { ReactNode } from 'react';
import { Avatar, type AvatarDot } from '../ui/Avatar.tsx';
import { avatarUrl } from './avatarUrl.ts';

interface PersonAvatarProps {
  readonly user: Pick<User, 'id' | 'displayName' | 'avatarId'>;
  /** Pixels. */
  readonly size: number;
  readonly dot?: AvatarDot | undefined;
}

/** Somebody's picture, their letters until it is there. Decoration beside a name. */
export function PersonAvatar({ user, size, dot }: PersonAvatarProps): ReactNode {
  return <Avatar name={user.displayName} id={user.id} size={size} dot={dot} picture={avatarUrl(user, size)} />;
}
