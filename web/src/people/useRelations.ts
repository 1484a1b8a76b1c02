import type { UserId } from '@dialog/shared/contract/values';
import type { Relation } from '@dialog/shared/people.values';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ChatList } from '../chats/chats.store.ts';
import { useChats } from '../chats/useChats.ts';

export interface Sorted {
  readonly friends: readonly Relation[];
  /** They ask. */
  readonly asking: readonly Relation[];
  /** They were asked. */
  readonly asked: readonly Relation[];
  readonly blocked: readonly Relation[];
}

/** What one has to do with this person; undefined: nothing. */
export function useRelation(userId: UserId | undefined): Relation | undefined {
  return useStore(useChats().sync.store, ({ list }) => (userId ? list.relations.get(userId) : undefined));
}

export function useRelations(): Sorted {
  const relations = useStore(useChats().sync.store, ({ list }) => list.relations);
  return useMemo(() => sorted(relations), [relations]);
}

/** How many wait for an answer. */
export function countAsking(relations: ChatList['relations']): number {
  let count = 0;
  for (const { friendship, isBlocked } of relations.values()) if (friendship === 'asks' && !isBlocked) count += 1;
  return count;
}

/** Each by name; whoever is blocked is that alone. */
function sorted(relations: ChatList['relations']): Sorted {
  const all = [...relations.values()].toSorted((one, other) =>
    one.user.displayName.localeCompare(other.user.displayName),
  );
  const of = (friendship: Relation['friendship']) =>
    all.filter((relation) => relation.friendship === friendship && !relation.isBlocked);
  return {
    friends: of('friends'),
    asking: of('asks'),
    asked: of('asked'),
    blocked: all.filter(({ isBlocked }) => isBlocked),
  };
}
