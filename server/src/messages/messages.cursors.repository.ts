import type { Cursor } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { SqlValue, Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { hidesReading } from './messages.receipts.ts';

/** One member's cursors, and what telling them of needs of the chat. */
export interface CursorPlace {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly memberCount: number;
  /** The chat's newest revision: no cursor goes beyond it. */
  readonly head: number;
  readonly cursor: Cursor;
  /** What others are told of it: stands still while the person is invisible. */
  readonly shown: Cursor;
  readonly isInvisible: boolean;
  /** What they read is not told; what reaches them is. */
  readonly hidesReading: boolean;
  /** `BARS` of this member. */
  readonly bars: number;
  /** Not while this member has blocked the other person of a direct chat: it stays where it was. */
  readonly moves: boolean;
}

type PlaceColumns = {
  chatId: Buffer;
  epoch: number;
  memberCount: number;
  head: number;
  readPosition: number;
  deliveredPosition: number;
  shownReadPosition: number;
  shownDeliveredPosition: number;
  isInvisible: number;
  hidesReading: number;
  bars: number;
};

/** As `presenceChosenAt` has it, by the clock of the database. */
const IS_INVISIBLE = `(u.presence_choice <=> 'invisible'
  AND (u.presence_until IS NULL OR u.presence_until > UTC_TIMESTAMP(3)))`;

const SELECT_PLACES = `SELECT m.chat_id AS chatId, c.epoch, c.member_count AS memberCount, c.revision AS head,
  m.read_position AS readPosition, m.delivered_position AS deliveredPosition,
  m.shown_read_position AS shownReadPosition, m.shown_delivered_position AS shownDeliveredPosition,
  ${IS_INVISIBLE} AS isInvisible, ${hidesReading('m.user_id')} AS hidesReading, m.bars
  FROM members m JOIN chats c ON c.id = m.chat_id JOIN users u ON u.id = m.user_id`;

const IS_BEHIND = '(m.shown_read_position <> m.read_position OR m.shown_delivered_position <> m.delivered_position)';

export type CursorRepository = typeof cursorRepository;

export const cursorRepository = {
  /** This member's cursors in those of these chats that they are in. */
  async placesOf(tx: Tx, userId: UserId, chatIds: readonly ChatId[]): Promise<CursorPlace[]> {
    const rows = await tx.rows<PlaceColumns>(
      `${SELECT_PLACES}
       WHERE m.user_id = :userId AND m.chat_id IN (:chatIds) AND m.role IS NOT NULL`,
      { userId: toBytes(userId), chatIds: chatIds.map(toBytes) },
    );
    return rows.map((row) => toPlace(userId, row));
  },

  /** Where others know less of this person's cursors than is so. */
  async placesBehind(tx: Tx, userId: UserId): Promise<CursorPlace[]> {
    const rows = await tx.rows<PlaceColumns>(
      `${SELECT_PLACES} WHERE m.user_id = :userId AND m.role IS NOT NULL AND ${IS_BEHIND}`,
      { userId: toBytes(userId) },
    );
    return rows.map((row) => toPlace(userId, row));
  },

  async showAll(tx: Tx, userId: UserId): Promise<void> {
    await tx.run(
      `UPDATE members m SET m.shown_read_position = IF(${hidesReading('m.user_id')}, m.shown_read_position, m.read_position),
         m.shown_delivered_position = m.delivered_position
       WHERE m.user_id = :userId AND m.role IS NOT NULL AND ${IS_BEHIND}`,
      { userId: toBytes(userId) },
    );
  },

  /** The person's revision; holds their row, before any member's, as everywhere. */
  async lockPerson(tx: Tx, userId: UserId): Promise<{ revision: number; isInvisible: boolean; hides: boolean }> {
    const [row] = await tx.rows<{ revision: number; isInvisible: number; hides: number }>(
      `SELECT u.revision, ${IS_INVISIBLE} AS isInvisible, ${hidesReading('u.id')} AS hides FROM users u WHERE u.id = :userId FOR UPDATE`,
      { userId: toBytes(userId) },
    );
    return { revision: row?.revision ?? 0, isInvisible: row?.isInvisible === 1, hides: row?.hides === 1 };
  },

  /** Forward only; what is read is not marked as unread. False when another device was further, or the person is out. */
  async moveRead(
    tx: Tx,
    at: { userId: UserId; chatId: ChatId; position: number; revision: number; isInvisible: boolean; hides: boolean },
  ): Promise<boolean> {
    const values = { ...at, userId: toBytes(at.userId), chatId: toBytes(at.chatId) };
    const { affected } = await tx.run(
      `UPDATE members m LEFT JOIN places p ON p.user_id = m.user_id AND p.chat_id = m.chat_id
       SET m.delivered_position = GREATEST(m.delivered_position, :position), m.read_position = :position,
         m.shown_read_position = IF(:isInvisible OR :hides, m.shown_read_position, :position),
         m.shown_delivered_position = IF(:isInvisible, m.shown_delivered_position,
           GREATEST(m.delivered_position, :position)),
         m.person_revision = :revision, p.is_marked_unread = FALSE
       WHERE m.chat_id = :chatId AND m.user_id = :userId AND m.role IS NOT NULL AND m.read_position < :position`,
      values,
    );
    if (affected > 0) await tx.run('UPDATE users SET revision = :revision WHERE id = :userId', values);
    return affected > 0;
  },

  /** Forward only. */
  async moveDelivered(
    tx: Tx,
    { userId, isInvisible }: { userId: UserId; isInvisible: boolean },
    positions: ReadonlyMap<ChatId, number>,
  ): Promise<void> {
    const values: Record<string, SqlValue> = { userId: toBytes(userId) };
    const cases = [...positions].map(([chatId, position], at) => {
      values[`chat${at}`] = toBytes(chatId);
      values[`position${at}`] = position;
      return `WHEN :chat${at} THEN :position${at}`;
    });
    values['chatIds'] = [...positions.keys()].map(toBytes);
    const position = `CASE chat_id ${cases.join(' ')} ELSE 0 END`;
    // One table's columns are set in the order written, on both databases.
    const alsoShown = isInvisible ? '' : ', shown_delivered_position = delivered_position';
    await tx.run(
      `UPDATE members SET delivered_position = GREATEST(delivered_position, ${position})${alsoShown}
       WHERE user_id = :userId AND chat_id IN (:chatIds) AND role IS NOT NULL`,
      values,
    );
  },
};

function toPlace(userId: UserId, row: PlaceColumns): CursorPlace {
  const { chatId, epoch, memberCount, head, readPosition, deliveredPosition } = row;
  return {
    chatId: fromBytes<ChatId>(chatId),
    epoch,
    memberCount,
    head,
    cursor: { userId, readPosition, deliveredPosition },
    shown: { userId, readPosition: row.shownReadPosition, deliveredPosition: row.shownDeliveredPosition },
    isInvisible: row.isInvisible === 1,
    hidesReading: row.hidesReading === 1,
    bars: row.bars,
    moves: (row.bars & BARS.blocks) === 0,
  };
}
