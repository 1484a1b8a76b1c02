import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { ListedPlace, PersonPlaces } from './chats.places.ts';

export interface ChatHead {
  readonly chatId: ChatId;
  readonly revision: number;
  readonly epoch: number;
}

/** One person's place in one chat; `isIn` is false once they have left, and while they do not want to hear of it (`BARS.blocks`). */
export interface Place extends ChatHead {
  readonly userId: UserId;
  readonly isIn: boolean;
}

type HeadColumns = { chatId: Buffer; revision: number; epoch: number };
type PlaceColumns = HeadColumns & { userId: Buffer; role: string | null; bars: number };
type ListedColumns = { userId: Buffer; listRevision: number } & {
  [Column in keyof HeadColumns | 'personRevision' | 'bars']:
    | (HeadColumns & { personRevision: number; bars: number })[Column]
    | null;
};

export type HeadsRepository = typeof headsRepository;

/** What the nodes need to know of the chats of their sockets: small rows, by primary keys, many at once. */
export const headsRepository = {
  /** Those of these persons whom nobody knows are left out. */
  async placesOf(tx: Tx, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, PersonPlaces>> {
    const rows = await tx.rows<ListedColumns>(
      `SELECT u.id AS userId, u.revision AS listRevision, m.chat_id AS chatId, m.person_revision AS personRevision,
         m.bars, c.revision, c.epoch
       FROM users u LEFT JOIN members m ON m.user_id = u.id AND m.role IS NOT NULL
         LEFT JOIN chats c ON c.id = m.chat_id
       WHERE u.id IN (:userIds)`,
      { userIds: userIds.map(toBytes) },
    );
    const persons = new Map<UserId, { revision: number; places: ListedPlace[] }>();
    for (const { userId, listRevision, chatId, personRevision, bars, revision, epoch } of rows) {
      const id = fromBytes<UserId>(userId);
      const person = persons.get(id) ?? { revision: listRevision, places: [] };
      persons.set(id, person);
      if (chatId && personRevision !== null && revision !== null && epoch !== null)
        person.places.push({ chatId: fromBytes<ChatId>(chatId), personRevision, revision, epoch, hears: hears(bars) });
    }
    return persons;
  },

  /** The places of these people in one chat, former members' too. */
  async placesIn(tx: Tx, chatId: ChatId, userIds: readonly UserId[]): Promise<Place[]> {
    const rows = await tx.rows<PlaceColumns>(`${SELECT_PLACES} WHERE m.chat_id = :chatId AND m.user_id IN (:userIds)`, {
      chatId: toBytes(chatId),
      userIds: userIds.map(toBytes),
    });
    return rows.map(toPlace);
  },

  /** The places that changed after these persons' revisions. */
  async placesMoved(tx: Tx, persons: ReadonlyMap<UserId, number>): Promise<Place[]> {
    if (persons.size === 0) return [];
    const each = [...persons].map((_, at) => `(m.user_id = :user${at} AND m.person_revision > :since${at})`);
    const values = [...persons].flatMap(([userId, since], at) => [
      [`user${at}`, toBytes(userId)] as const,
      [`since${at}`, since] as const,
    ]);
    const rows = await tx.rows<PlaceColumns>(`${SELECT_PLACES} WHERE ${each.join(' OR ')}`, Object.fromEntries(values));
    return rows.map(toPlace);
  },

  async headsOf(tx: Tx, chatIds: readonly ChatId[]): Promise<ChatHead[]> {
    const rows = await tx.rows<HeadColumns>('SELECT id AS chatId, revision, epoch FROM chats WHERE id IN (:ids)', {
      ids: chatIds.map(toBytes),
    });
    return rows.map((row) => ({ ...row, chatId: fromBytes<ChatId>(row.chatId) }));
  },

  async personHeads(tx: Tx, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, number>> {
    const rows = await tx.rows<{ id: Buffer; revision: number }>('SELECT id, revision FROM users WHERE id IN (:ids)', {
      ids: userIds.map(toBytes),
    });
    return new Map(rows.map((row) => [fromBytes<UserId>(row.id), row.revision]));
  },
};

const SELECT_PLACES = `SELECT m.user_id AS userId, m.chat_id AS chatId, m.role, m.bars, c.revision, c.epoch
  FROM members m JOIN chats c ON c.id = m.chat_id`;

function hears(bars: number | null): boolean {
  return ((bars ?? 0) & BARS.blocks) === 0;
}

function toPlace({ userId, chatId, role, bars, revision, epoch }: PlaceColumns): Place {
  return {
    userId: fromBytes<UserId>(userId),
    chatId: fromBytes<ChatId>(chatId),
    isIn: role !== null && hears(bars),
    revision,
    epoch,
  };
}
