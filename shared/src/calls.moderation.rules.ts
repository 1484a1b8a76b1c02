import type { Role } from './chats.ts';

/** What somebody is in the call of a group. */
export interface CallStanding {
  readonly role: Role | null;
  readonly hasStarted: boolean;
}

function rankOf({ role, hasStarted }: CallStanding, isAnnouncementOnly = false): number {
  if (role === 'owner') return 3;
  if (role === 'admin') return 2;
  return role === 'member' && hasStarted && !isAnnouncementOnly ? 1 : 0;
}

/**
 * Who keeps order in the call of a group: owners towards everyone, admins towards those who are neither, and whoever
 * started it towards plain members. But not where a group lets only owners and admins speak anyway.
 */
export function mayModerate(
  group: { readonly isAnnouncementOnly?: boolean | undefined },
  actor: CallStanding,
  /** None: the call as a whole. */
  target?: CallStanding,
): boolean {
  const rank = rankOf(actor, group.isAnnouncementOnly);
  if (target === undefined || actor.role === 'owner') return rank > 0;
  return rank > rankOf(target, group.isAnnouncementOnly);
}
