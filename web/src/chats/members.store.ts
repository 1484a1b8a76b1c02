import type { Member, Role } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';

/** The members of one chat that this device knows: at first a page, then whatever was told or asked for. */
export interface ChatMembers {
  readonly members: ReadonlyMap<UserId, Member>;
  /** There are members beyond those known; ask after the last one. */
  readonly hasMore: boolean;
}

/** A member who is in the chat; the others in `ChatMembers` are tombstones. */
export type PresentMember = Member & { readonly role: Role };

const RANK: Readonly<Record<Role, number>> = { owner: 0, admin: 1, member: 2 };

/** A fresh first page replaces what was known: who is missing from it may have left in a gap. */
export function openMembers(members: readonly Member[], hasMore: boolean): ChatMembers {
  return { members: new Map(members.map((member) => [member.user.id, member])), hasMore };
}

/** Takes in members told or asked for, in any order: the newest revision of each stays. */
export function applyMembers(known: ChatMembers, incoming: readonly Member[], hasMore = known.hasMore): ChatMembers {
  const members = new Map(known.members);
  for (const member of incoming) {
    const before = members.get(member.user.id);
    if (!before || before.revision <= member.revision) members.set(member.user.id, member);
  }
  return { members, hasMore };
}

/** Where the next page of members begins. */
export function lastMemberId({ members }: ChatMembers): UserId | undefined {
  return [...members.keys()].toSorted((a, b) => (a < b ? -1 : 1)).at(-1);
}

/** Who is in the chat: owners, admins, then members, each by name. */
export function presentMembers(
  { members }: ChatMembers,
  compareNames: (a: string, b: string) => number,
): readonly PresentMember[] {
  return [...members.values()]
    .filter((member): member is PresentMember => member.role !== null)
    .toSorted((a, b) => RANK[a.role] - RANK[b.role] || compareNames(a.user.displayName, b.user.displayName));
}

/** What someone with this role may do to a member with that role; the server decides, this only hides what it refuses. */
export function mayRemove(mine: Role, theirs: Role): boolean {
  return mine === 'owner' || (mine === 'admin' && theirs === 'member');
}

export function mayManage(mine: Role): boolean {
  return mine !== 'member';
}
