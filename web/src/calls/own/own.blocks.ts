import type { UserId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';

type Chats = Pick<ChatSync, 'store'>;

/** By me. */
export function isBlocked({ store }: Chats, userId: UserId): boolean {
  return store.getState().list.relations.get(userId)?.isBlocked === true;
}

/** Somebody is blocked, or no longer. Answers how to stop. */
export function onNewRelations({ store }: Chats, hear: () => void): () => void {
  return store.subscribe(({ list }, before) => list.relations !== before.list.relations && hear());
}
