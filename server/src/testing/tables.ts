import type { ChatId } from '@dialog/shared/contract/values';
import { toBytes } from '../platform/ids.ts';
import type { TestNode } from './startTestApp.ts';

/** The tables that hold something of a chat, with how many rows; up to a position, where one is given and they know it. */
export async function rowsOfChat(
  { app: { db } }: TestNode,
  chatId: ChatId,
  until?: number,
): Promise<Readonly<Record<string, number>>> {
  const columns = await db.rows<{ name: string; column: string }>(
    `SELECT table_name AS name, column_name AS \`column\` FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name IN ('chat_id', 'position')`,
  );
  const tables = Map.groupBy(columns, ({ name }) => name);
  const found: Record<string, number> = {};
  for (const [name, known] of tables) {
    const hasPosition = known.some(({ column }) => column === 'position');
    if (known.every(({ column }) => column !== 'chat_id') || (until !== undefined && !hasPosition)) continue;
    const [row] = await db.rows<{ there: number }>(
      `SELECT COUNT(*) AS there FROM ${name} WHERE chat_id = :chatId ${until === undefined ? '' : 'AND position <= :until'}`,
      { chatId: toBytes(chatId), until: until ?? null },
    );
    if (row && row.there > 0) found[name] = row.there;
  }
  return found;
}

/** Entries of a chat in the search index. */
export async function wordsOfChat({ app: { db } }: TestNode, chatId: ChatId): Promise<number> {
  const [row] = await db.rows<{ entries: number }>(
    'SELECT COUNT(*) AS entries FROM search_postings WHERE LEFT(entry, 16) = :chatId',
    { chatId: toBytes(chatId) },
  );
  return row?.entries ?? 0;
}
