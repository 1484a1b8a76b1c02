import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX, mentionsIn } from '@dialog/shared/mentions';
import type { SqlValue, Tx, WriteTx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import type { Posted } from './messages.batch.ts';
import type { StoredMessage } from './messages.stored.ts';

/** A text where it stands, in a chat of so many. */
interface Said extends Pick<StoredMessage, 'chatId' | 'position' | 'senderId' | 'thread'> {
  readonly text: string;
  readonly memberCount: number;
}

/** A new message as what follows from it sees it. */
export function saidIn({ message, memberCount }: Posted): Said[] {
  const { chatId, position, senderId, content, thread = null } = message;
  return content.kind === 'text' ? [{ chatId, position, senderId, thread, text: content.text, memberCount }] : [];
}

type Called = { readonly [K in 'mentions' | 'threadMentions']: ChatSummary[K] };

/** Nobody's id: a row that counts for every member. */
const EVERYONE = Buffer.alloc(16);
/** Unread mentions that a summary names; who has more reads them first. */
const NAMED_MAX = 100;
const INSERT = 'INSERT IGNORE INTO mentions (chat_id, user_id, position, sender_id, thread) VALUES :rows';

/** Who is called in which message. A text that calls nobody costs nothing. */
/** Whom one has blocked does not call one. */
const NOT_BLOCKED = `AND NOT EXISTS (SELECT 1 FROM relations b
  WHERE b.user_id = m.user_id AND b.other_id = n.sender_id AND b.is_blocked)`;

export const mentionRepository = {
  addAtCommit(tx: WriteTx, said: readonly Said[]): void {
    const rows = said.flatMap(rowsOf);
    if (rows.length > 0) tx.atCommit(INSERT, { rows });
  },

  /** After an edit. In a thread it calls nobody anew: who has read it there is not to look for it again. */
  async replace(tx: Tx, said: Said): Promise<void> {
    if (said.thread !== null) return keepOnly(tx, said);
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

  /**
   * Where these people are called by others and have not read it: after their read cursors, and in threads whatever was
   * not read there (then the row is gone). The first ones first.
   */
  async unread(
    tx: Tx,
    places: readonly { readonly chatId: ChatId; readonly userId: UserId }[],
  ): Promise<(place: { chatId: ChatId; userId: UserId }) => Called> {
    const found = new Map<string, Called>();
    const rows =
      places.length === 0
        ? []
        : await tx.rows<{ chatId: Buffer; userId: Buffer; position: number; thread: number | null }>(
            `SELECT m.chat_id AS chatId, m.user_id AS userId, n.position, n.thread
             FROM members m JOIN chats c ON c.id = m.chat_id
               JOIN mentions n ON n.chat_id = m.chat_id AND n.user_id IN (m.user_id, :everyone)
                 AND n.position > m.read_position AND n.position > c.cleared_position AND n.sender_id <> m.user_id
                 AND n.thread IS NULL ${NOT_BLOCKED}
             WHERE m.chat_id IN (:chatIds) AND m.user_id IN (:userIds)
             UNION ALL
             SELECT n.chat_id, n.user_id, n.position, n.thread
             FROM mentions n JOIN members m ON m.chat_id = n.chat_id AND m.user_id = n.user_id JOIN chats c ON c.id = n.chat_id
             WHERE n.chat_id IN (:chatIds) AND n.user_id IN (:userIds) AND n.thread > 0 AND n.sender_id <> n.user_id
               AND n.position > GREATEST(m.cleared_position, c.cleared_position) ${NOT_BLOCKED}
             ORDER BY position`,
            {
              everyone: EVERYONE,
              chatIds: [...new Set(places.map(({ chatId }) => chatId))].map(toBytes),
              userIds: [...new Set(places.map(({ userId }) => userId))].map(toBytes),
            },
          );
    for (const { chatId, userId, position, thread } of rows) {
      const at = `${fromBytes<ChatId>(chatId)} ${fromBytes<UserId>(userId)}`;
      const { mentions, threadMentions } = found.get(at) ?? { mentions: [], threadMentions: [] };
      found.set(at, { mentions, threadMentions });
      if (thread === null) {
        if (mentions.length < NAMED_MAX && mentions.at(-1) !== position) mentions.push(position);
      } else if (threadMentions.length < NAMED_MAX) threadMentions.push({ thread, position });
    }
    return ({ chatId, userId }) => found.get(`${chatId} ${userId}`) ?? { mentions: [], threadMentions: [] };
  },
};

/** Of those called where it stands, those whom it still calls. */
async function keepOnly(tx: Tx, { chatId, position, text }: Said): Promise<void> {
  const called = mentionsIn(text).userIds.map(toBytes);
  await tx.run(
    `DELETE FROM mentions WHERE chat_id = :chatId AND position = :position
       ${called.length > 0 ? 'AND user_id NOT IN (:called)' : ''}`,
    { chatId: toBytes(chatId), position, called },
  );
}

/** In a thread nobody is called but by name: it is not everybody's. */
function rowsOf({ chatId, position, senderId, text, memberCount, thread }: Said): SqlValue[][] {
  const { userIds, isEveryone } = mentionsIn(text);
  const called = userIds.map(toBytes);
  if (isEveryone && thread === null && memberCount <= EVERYONE_MEMBERS_MAX) called.push(EVERYONE);
  return called.map((userId) => [toBytes(chatId), userId, position, toBytes(senderId), thread]);
}
