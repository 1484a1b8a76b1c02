import { CURSORS_TOLD_UP_TO } from '@dialog/shared/chats';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { type messageActRoutes, PINS_MAX, REACTED_PAGE } from '@dialog/shared/messages.acts';
import { HISTORY_PAGE, type Message, type messageRoutes } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { MessageActsRepository } from './messages.acts.repository.ts';
import { openContent } from './messages.content.ts';
import type { MarkRepository } from './messages.marks.repository.ts';
import type { OpenMessages } from './messages.opening.ts';
import type { MessageRepository } from './messages.repository.ts';
import { knownOf, seenBy, type Hanging } from './messages.seen.ts';
import type { StoredMessage } from './messages.stored.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly open: OpenMessages;
  readonly messages: MessageRepository;
  readonly acts: MessageActsRepository;
  readonly marks: Pick<MarkRepository, 'at' | 'between'>;
}

type Stretch = RouteReply<typeof messageRoutes.listAround>;
type Versions = RouteReply<typeof messageActRoutes.listVersions>;
type Reactions = RouteReply<typeof messageActRoutes.listReactions>;
type Readers = RouteReply<typeof messageActRoutes.listReaders>;

interface Look {
  readonly userId: UserId;
  readonly chatId: ChatId;
}
interface MessageLook extends Look {
  readonly messageId: MessageId;
}

const VERSIONS_MAX = 100;

export type MessageLooks = ReturnType<typeof createMessageLooks>;

/** Reading besides the newest page: a stretch in the middle, single messages, and what hangs on them. Members only. */
export function createMessageLooks({ db, chats, keys, open, messages, acts, marks }: Deps) {
  async function stretchOf(
    { userId, chatId }: Look,
    rows: readonly StoredMessage[],
    ends: { hasOlder: boolean; hasNewer: boolean },
  ): Promise<Stretch> {
    const [from, until] = [rows[0]?.position ?? 0, rows.at(-1)?.position ?? 0];
    const [shown, ownMarks] = await Promise.all([
      open(db, rows, userId),
      marks.between(db, { userId, chatId, from, until }),
    ]);
    return { from: ends.hasOlder ? from : 0, until, messages: shown, marks: ownMarks, ...ends };
  }

  async function requireMessage({ userId, chatId, messageId }: MessageLook): Promise<StoredMessage> {
    const cleared = await chats.clearedFor(db, userId, chatId);
    const [message] = await messages.withIds(db, [messageId]);
    if (message?.chatId !== chatId || message.kind === 'deleted' || message.position <= cleared)
      throw new AppError('message-not-found');
    return message;
  }

  return {
    /** Half a page before the position, half a page from it on. */
    async listAround(look: Look, position: number): Promise<Stretch> {
      const { userId, chatId } = look;
      const cleared = await chats.clearedFor(db, userId, chatId);
      const half = HISTORY_PAGE / 2;
      const [before, after] = await Promise.all([
        messages.pageBefore(db, { chatId, before: position, after: cleared, limit: half + 1 }),
        messages.pageAfter(db, { chatId, after: Math.max(position - 1, cleared), limit: half + 1 }),
      ]);
      return stretchOf(look, [...before.slice(0, half).toReversed(), ...after.slice(0, half)], {
        hasOlder: before.length > half,
        hasNewer: after.length > half,
      });
    },

    async listNewer(look: Look, after: number): Promise<Stretch> {
      const { userId, chatId } = look;
      const cleared = await chats.clearedFor(db, userId, chatId);
      const from = Math.max(after, cleared);
      const rows = await messages.pageAfter(db, { chatId, after: from, limit: HISTORY_PAGE + 1 });
      const stretch = await stretchOf(look, rows.slice(0, HISTORY_PAGE), {
        hasOlder: true,
        hasNewer: rows.length > HISTORY_PAGE,
      });
      return { ...stretch, from: after + 1, until: Math.max(after, stretch.until) };
    },

    /** Positions rise with time, so the place of a moment is found by halving: some twenty looks at the clustered key. */
    async findPosition({ userId, chatId }: Look, at: Date): Promise<number | null> {
      const cleared = await chats.clearedFor(db, userId, chatId);
      const end = { chatId, before: Number.MAX_SAFE_INTEGER, after: cleared, limit: 1 };
      const [newest] = await messages.pageBefore(db, end);
      if (!newest) return null;
      let [low, high] = [cleared + 1, newest.position];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        // oxlint-disable-next-line no-await-in-loop -- each look halves what is left
        const there = await messages.postedFrom(db, chatId, middle);
        if (there && there.postedAt < at) low = there.position + 1;
        else high = middle;
      }
      return (await messages.postedFrom(db, chatId, low))?.position ?? newest.position;
    },

    async listMessages({ userId, chatId }: Look, positions: readonly number[]): Promise<Message[]> {
      const cleared = await chats.clearedFor(db, userId, chatId);
      const standing = positions.filter((position) => position > cleared);
      return open(db, await messages.atPositions(db, chatId, standing), userId);
    },

    async listPins({ userId, chatId }: Look): Promise<Message[]> {
      const cleared = await chats.clearedFor(db, userId, chatId);
      const pinned = await acts.pinned(db, { chatId, after: cleared, limit: PINS_MAX });
      const own = await marks.at(
        db,
        { userId, chatId },
        pinned.map(({ position }) => position),
      );
      const hidden = new Set(own.flatMap(({ isHidden, position }) => (isHidden ? [position] : [])));
      return open(
        db,
        pinned.filter((message) => !hidden.has(message.position) && seenBy(message, userId).isPinned),
        userId,
      );
    },

    async listVersions(look: MessageLook): Promise<Versions> {
      const message = await requireMessage(look);
      const key = (await keys.stored(db, [look.chatId])).get(look.chatId);
      const versions = await acts.versionsOf(db, message, VERSIONS_MAX);
      return {
        versions: versions.flatMap((version) => {
          const content = openContent(key, { ...message, ...version });
          return content.kind === 'text' ? [{ text: content.text, writtenAt: version.writtenAt.toISOString() }] : [];
        }),
      };
    },

    async listReactions(
      look: MessageLook,
      { emoji, after }: { emoji: string; after: UserId | null },
    ): Promise<Reactions> {
      const message = await requireMessage(look);
      const people = await acts.peopleWhoReacted(db, message, { emoji, after, limit: REACTED_PAGE + 1 });
      const page = people.slice(0, REACTED_PAGE);
      const countOf = (seen: Hanging) => seen.reactions.find((one) => one.emoji === emoji)?.count ?? 0;
      return { people: knownOf(page, { message, viewer: look.userId, countOf }), hasMore: people.length > page.length };
    },

    async listReaders(look: MessageLook, after: UserId | null): Promise<Readers> {
      const message = await requireMessage(look);
      if (message.senderId !== look.userId) throw new AppError('not-allowed', 'only its sender sees who has read it');
      const page = { besides: look.userId, after, limit: CURSORS_TOLD_UP_TO + 1 };
      const rows = await acts.readersAfter(db, message, page);
      return {
        people: rows.slice(0, CURSORS_TOLD_UP_TO).map(({ user, cursor }) => ({
          user,
          state: stateOf(message, cursor),
        })),
        hasMore: rows.length > CURSORS_TOLD_UP_TO,
      };
    },
  };
}

/** In a thread nobody reads by the cursor of the conversation: there it says only whom the message has reached. */
function stateOf(
  { position, thread }: StoredMessage,
  { readPosition, deliveredPosition }: { readPosition: number; deliveredPosition: number },
): 'read' | 'delivered' | 'sent' {
  if (readPosition >= position && thread === null) return 'read';
  return deliveredPosition >= position ? 'delivered' : 'sent';
}
