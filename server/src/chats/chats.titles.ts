import type { ChatId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { ChatKeys } from './chats.keys.ts';
import { openTitle } from './chats.sealed.ts';

/** What these groups are called; those without a title are left out. */
export type ChatTitles = (tx: Tx, chatIds: readonly ChatId[]) => Promise<ReadonlyMap<ChatId, string>>;

/** For features that speak of chats without being asked by a member. */
export function createChatTitles(keys: Pick<ChatKeys, 'stored'>): ChatTitles {
  return async (tx, chatIds) => {
    if (chatIds.length === 0) return new Map();
    const rows = await tx.rows<{ id: Buffer; title: Buffer }>(
      'SELECT id, title FROM chats WHERE id IN (:chatIds) AND title IS NOT NULL',
      { chatIds: chatIds.map(toBytes) },
    );
    const found = await keys.stored(tx, chatIds);
    return new Map(
      rows.map(({ id, title }) => {
        const chatId = fromBytes<ChatId>(id);
        return [chatId, openTitle(found.get(chatId) ?? null, chatId, title)];
      }),
    );
  };
}
