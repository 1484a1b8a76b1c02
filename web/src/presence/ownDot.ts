import type { PresenceChoice } from '@dialog/shared/settings.values';
import type { AvatarDot } from '../ui/Avatar.tsx';

/** At one's own picture: whoever sees it is there. */
export function ownDot(choice: PresenceChoice): AvatarDot {
  return choice === 'automatic' ? 'online' : choice;
}
