import { CURSORS_TOLD_UP_TO, type Cursor, type PersonChanges } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { CursorPlace, CursorRepository } from './messages.cursors.repository.ts';
import type { Summaries } from './messages.summaries.ts';
import { passingOver, withheldRepository } from './messages.withheld.ts';

/** How far somebody has read in a chat (thread 0) or in a thread, named by the position of its root. */
export interface ReadPlace {
  readonly userId: UserId;
  readonly chatId: ChatId;
  readonly thread: number;
  readonly until: number;
}

export interface MovedCursor {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly cursor: Cursor;
}

interface Moved {
  readonly place: CursorPlace;
  readonly cursor: Cursor;
}

export interface CursorDeps {
  readonly db: Database;
  readonly repository: CursorRepository;
  readonly summaries: Summaries;
  /** To all devices of this person. */
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
  /** In the transaction that moves it: what follows from having read so far. */
  readonly read: (tx: Tx, read: ReadPlace) => Promise<void>;
  /** To those who have the chat on screen; told sparingly (R13). */
  readonly cursorMoved: (moved: MovedCursor) => void;
}

export type Cursors = ReturnType<typeof createCursors>;

/**
 * How far each member has got and read. A read cursor is the person's own state: it takes their revision and reaches
 * their other devices. Cursors only go forward, whatever order devices speak in. While a person is invisible others are
 * told of none of it: what is shown of their cursors stands still, as if they were not there.
 */
export function createCursors({ db, repository, summaries, tellPerson, read, cursorMoved }: CursorDeps) {
  /** Answers what to do once it is committed. */
  async function telling(tx: Tx, moved: readonly Moved[]): Promise<() => void> {
    const told = moved.filter(({ place }) => place.memberCount <= CURSORS_TOLD_UP_TO);
    const seatOf = ({ place: { chatId, bars }, cursor: { userId } }: Moved) => ({ chatId, userId, bars });
    const stretchesOf = await withheldRepository.stretches(tx, told.map(seatOf));
    return () => {
      for (const one of told) {
        const { chatId, epoch } = one.place;
        cursorMoved({ chatId, epoch, cursor: passingOver(one.cursor, stretchesOf(seatOf(one))) });
      }
    };
  }

  /** Null when another device was further meanwhile, or the person is out: then nothing is to be told. */
  function moveRead(
    userId: UserId,
    chatId: ChatId,
    position: number,
  ): Promise<{ changes: PersonChanges; isInvisible: boolean; hides: boolean } | null> {
    return db.transaction(async (tx) => {
      const person = await repository.lockPerson(tx, userId);
      const { isInvisible, hides } = person;
      const revision = person.revision + 1;
      if (!(await repository.moveRead(tx, { userId, chatId, position, revision, isInvisible, hides }))) return null;
      await read(tx, { userId, chatId, thread: 0, until: position });
      const changes = {
        from: revision - 1,
        revision,
        chats: await summaries.ofPerson(tx, userId, [chatId]),
        gone: [],
        marks: [],
        folders: null,
      };
      return { changes, isInvisible, hides };
    });
  }

  return {
    async markRead(
      userId: UserId,
      chatId: ChatId,
      position: number,
    ): Promise<{ readPosition: number; unreadCount: number }> {
      const [place] = await repository.placesOf(db, userId, [chatId]);
      if (!place) throw new AppError('chat-not-found', 'not a member');
      const until = Math.min(position, place.head);
      const moved = place.moves && until > place.cursor.readPosition ? await moveRead(userId, chatId, until) : null;
      const [summary] = moved?.changes.chats ?? (await summaries.ofPerson(db, userId, [chatId]));
      if (!summary) throw new AppError('chat-not-found', 'not a member any more');
      if (moved) {
        tellPerson(userId, moved.changes);
        const { deliveredPosition } = place.cursor;
        const readPosition = moved.hides ? place.shown.readPosition : until;
        const cursor = { userId, readPosition, deliveredPosition: Math.max(until, deliveredPosition) };
        if (!moved.isInvisible) (await telling(db, [{ place, cursor }]))();
      }
      return { readPosition: summary.readPosition, unreadCount: summary.unreadCount };
    },

    async markDelivered(userId: UserId, positions: ReadonlyMap<ChatId, number>): Promise<void> {
      const places = await repository.placesOf(db, userId, [...positions.keys()]);
      const moved = places.flatMap((place) => {
        const position = Math.min(positions.get(place.chatId) ?? 0, place.head);
        return place.moves && position > place.cursor.deliveredPosition ? [{ place, position }] : [];
      });
      if (moved.length === 0) return;
      const isInvisible = moved.some(({ place }) => place.isInvisible);
      await repository.moveDelivered(
        db,
        { userId, isInvisible },
        new Map(moved.map(({ place, position }) => [place.chatId, position])),
      );
      if (isInvisible) return;
      const cursorsOf = moved.map(({ place, position }) => ({
        place,
        cursor: { ...place.shown, deliveredPosition: position },
      }));
      (await telling(db, cursorsOf))();
    },

    /**
     * Somebody is visible again: others may learn how far they have got meanwhile. In the transaction that makes them
     * visible; answers what to do after its commit.
     */
    async show(tx: Tx, userId: UserId): Promise<() => void> {
      const places = await repository.placesBehind(tx, userId);
      if (places.length > 0) await repository.showAll(tx, userId);
      return telling(
        tx,
        places.map((place) => {
          const { cursor, shown, hidesReading } = place;
          return { place, cursor: hidesReading ? { ...cursor, readPosition: shown.readPosition } : cursor };
        }),
      );
    },
  };
}
