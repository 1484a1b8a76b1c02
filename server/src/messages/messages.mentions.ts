import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX, mentionsIn } from '@dialog/shared/mentions';
import type { SqlValue, Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { Posted } from './messages.batch.ts';
import type { StoredMessage } from './messages.stored.ts';

/** A text where it stands, in a chat of so many. */
interface Said extends Pick<StoredMessage, 'chatId' | 'position' | 'senderId'> {
  readonly text: string;
  readonly memberCount: number;
}

/** A new message as what follows from it sees it. */
export function saidIn({ message, memberCount }: Posted): Said[] {
  const { chatId, position, senderId, content } = message;
  return content.kind === 'text' ? [{ chatId, position, senderId, text: content.text, memberCount }] : [];
}

/** Nobody's id: a row that counts for every member. */
const EVERYONE = Buffer.alloc(16);
/** Unread mentions that a summary names; who has more reads them first. */
const NAMED_MAX = 100;
const INSERT = 'INSERT IGNORE INTO mentions (chat_id, user_id, position, sender_id) VALUES :rows';

/** Who is called in which message. A text that calls nobody costs nothing. */
export const mentionRepository = {
  addAtCommit(tx: WriteTx, said: readonly Said[]): void {
    const rows = said.flatMap(rowsOf);
    if (rows.length > 0) tx.atCommit(INSERT, { rows });
  },

  /** After an edit. */
  async replace(tx: Tx, said: Said): Promise<void> {
    await mentionRepository.removeOf(tx, said.chatId, [said.position]);
    const rows = rowsOf(said);
    if (rows.length > 0) await tx.run(INSERT, { rows });
  },

  async removeOf(tx: Tx, chatId: ChatId, positions: readonly number[]): Promise<void> {
    await tx.run('DELETE FROM mentions WHERE chat_id = :chatId AND position IN (:positions)', {
      chatId: toBytes(chatId),
      positions,
    });
  },

  /** Positions after each of these people's read cursors at which they are called by others, the first ones first. */
  async unread(
    tx: Tx,
    places: readonly { readonly chatId: ChatId; readonly userId: UserId }[],
  ): Promise<(place: { chatId: ChatId; userId: UserId }) => number[]> {
    const found = new Map<string, number[]>();
    const rows =
      places.length === 0
        ? []
        : await tx.rows<{ chatId: Buffer; userId: Buffer; position: number }>(
            `SELECT m.chat_id AS chatId, m.user_id AS userId, n.position
             FROM members m JOIN chats c ON c.id = m.chat_id JOIN mentions n ON n.chat_id = m.chat_id AND n.user_id IN (m.user_id, :everyone)
               AND n.position > m.read_position AND n.position > c.cleared_position AND n.sender_id <> m.user_id
             WHERE m.chat_id IN (:chatIds) AND m.user_id IN (:userIds)
             ORDER BY n.position`,
            {
              everyone: EVERYONE,
              chatIds: [...new Set(places.map(({ chatId }) => chatId))].map(toBytes),
              userIds: [...new Set(places.map(({ userId }) => userId))].map(toBytes),
            },
          );
    for (const { chatId, userId, position } of rows) {
      const at = `${fromBytes<ChatId>(chatId)} ${fromBytes<UserId>(userId)}`;
      const positions = found.get(at) ?? [];
      found.set(at, positions);
      if (positions.length < NAMED_MAX && positions.at(-1) !== position) positions.push(position);
    }
    return ({ chatId, userId }) => found.get(`${chatId} ${userId}`) ?? [];
  },
};

function rowsOf({ chatId, position, senderId, text, memberCount }: Said): SqlValue[][] {
  const { userIds, isEveryone } = mentionsIn(text);
  const called = userIds.map(toBytes);
  if (isEveryone && memberCount <= EVERYONE_MEMBERS_MAX) called.push(EVERYONE);
  return called.map((userId) => [toBytes(chatId), userId, position, toBytes(senderId)]);
}
