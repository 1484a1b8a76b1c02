import type { ChatId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** A chat's key under the master key, and what the chat's row names it by. */
export interface WrappedKey {
  readonly chatId: ChatId;
  readonly wrapped: Buffer;
  readonly number: number;
}

type KeyColumns = { chatId: Buffer; wrapped: Buffer; number: number };

const SELECT_KEYS = 'SELECT chat_id AS chatId, wrapped_key AS wrapped, number FROM chat_keys';

export type KeyRepository = typeof keyRepository;

export const keyRepository = {
  /** In the place of the one before, which is nowhere then. */
  async put(tx: Tx, { chatId, wrapped, number }: WrappedKey): Promise<void> {
    await tx.run(
      `INSERT INTO chat_keys (chat_id, wrapped_key, number) VALUES (:id, :wrapped, :number)
       ON DUPLICATE KEY UPDATE wrapped_key = VALUES(wrapped_key), number = VALUES(number)`,
      { id: toBytes(chatId), wrapped, number },
    );
  },

  async of(tx: Tx, chatIds: readonly ChatId[]): Promise<WrappedKey[]> {
    const rows = await tx.rows<KeyColumns>(`${SELECT_KEYS} WHERE chat_id IN (:ids)`, { ids: chatIds.map(toBytes) });
    return rows.map(toKey);
  },

  /** It stays the chat's key until the transaction ends. */
  async hold(tx: Tx, chatId: ChatId): Promise<WrappedKey | undefined> {
    const [row] = await tx.rows<KeyColumns>(`${SELECT_KEYS} WHERE chat_id = :id LOCK IN SHARE MODE`, {
      id: toBytes(chatId),
    });
    return row && toKey(row);
  },
};

function toKey({ chatId, ...rest }: KeyColumns): WrappedKey {
  return { ...rest, chatId: fromBytes<ChatId>(chatId) };
}
