import type { PersonChanges } from '@dialog/shared/chats';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { type messageActRoutes, STARRED_PAGE } from '@dialog/shared/messages.acts';
import type { MessageMark } from '@dialog/shared/messages';
import type { OwnMark } from '../chats/chats.change.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { MarkOwner, MarkRepository } from './messages.marks.repository.ts';
import type { OpenMessages } from './messages.opening.ts';
import type { MessageRepository } from './messages.repository.ts';
import type { Summaries } from './messages.summaries.ts';

/** Messages that say nothing any more: to one person, without `userId` to nobody. */
export interface TakenBack {
  readonly chatId: ChatId;
  readonly userId?: UserId;
  readonly positions: readonly number[];
}

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly open: OpenMessages;
  readonly messages: Pick<MessageRepository, 'atPositions' | 'withIds'>;
  readonly repository: MarkRepository;
  readonly summaries: Summaries;
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
  /** In the same transaction: what was told of these elsewhere is to go. */
  readonly takenBack: (tx: Tx, what: TakenBack) => Promise<void>;
}

export type Marks = ReturnType<typeof createMarks>;

type Starred = RouteReply<typeof messageActRoutes.listStarred>;

/**
 * Stars, and messages deleted for one person alone: that person's own state, with their own revision, told to all their
 * devices and to nobody else.
 */
export function createMarks({ db, chats, open, messages, repository, summaries, tellPerson, takenBack }: Deps) {
  interface Marking {
    readonly userId: UserId;
    readonly chatId: ChatId;
    readonly positions: readonly number[];
  }

  async function change({ userId, chatId, positions }: Marking, to: Partial<OwnMark>): Promise<MessageMark[]> {
    const changes = await db.transaction(async (tx) => {
      await chats.clearedFor(tx, userId, chatId);
      const revision = await repository.raisePerson(tx, userId);
      const known = new Map(
        (await repository.at(tx, { userId, chatId }, positions)).map((mark) => [mark.position, mark]),
      );
      const owner: MarkOwner = { userId, chatId, revision };
      const marks = positions.map((position) => ({ ...(known.get(position) ?? unmarked(position)), ...to }));
      await repository.put(tx, owner, marks);
      await repository.touchPlace(tx, owner);
      if (to.isHidden === true) await takenBack(tx, { userId, chatId, positions });
      return {
        from: revision - 1,
        revision,
        chats: await summaries.ofPerson(tx, userId, [chatId]),
        gone: [],
        marks: await repository.at(tx, owner, positions),
        folders: null,
      };
    });
    tellPerson(userId, changes);
    return changes.marks;
  }

  return {
    async star(
      userId: UserId,
      { chatId, messageId }: { chatId: ChatId; messageId: MessageId },
      isStarred: boolean,
    ): Promise<MessageMark> {
      const cleared = await chats.clearedFor(db, userId, chatId);
      const [message] = await messages.withIds(db, [messageId]);
      if (message?.chatId !== chatId || message.kind === 'deleted' || message.position <= cleared)
        throw new AppError('message-not-found');
      const [mark] = await change({ userId, chatId, positions: [message.position] }, { isStarred });
      if (!mark) throw new Error('one position, one mark');
      return mark;
    },

    /** Positions at which nothing stands are passed over. */
    async hide(userId: UserId, chatId: ChatId, positions: readonly number[]): Promise<MessageMark[]> {
      const cleared = await chats.clearedFor(db, userId, chatId);
      const standing = positions.filter((position) => position > cleared);
      const there = (await messages.atPositions(db, chatId, standing)).map(({ position }) => position);
      return there.length === 0
        ? []
        : change({ userId, chatId, positions: there }, { isHidden: true, isStarred: false });
    },

    async listStarred(userId: UserId, before: number | null): Promise<Starred> {
      const rows = await repository.starred(db, { userId, before, limit: STARRED_PAGE + 1 });
      const page = rows.slice(0, STARRED_PAGE);
      return {
        messages: await open(
          db,
          page.map(({ message }) => message),
          userId,
        ),
        next: rows.length > page.length ? (page.at(-1)?.starredRevision ?? null) : null,
      };
    },
  };
}

/** What nobody has marked yet. */
export function unmarked(position: number): OwnMark {
  return { position, isStarred: false, isHidden: false, reactions: [] };
}
