import type { Presence } from '@dialog/shared/presence';
import type { AvatarDot } from '../ui/Avatar.tsx';

/** What stands at somebody's picture; nothing of who is not there. */
export function dotOf(presence: Presence | undefined): AvatarDot | undefined {
  return presence === undefined || presence.state === 'offline' ? undefined : presence.state;
}
