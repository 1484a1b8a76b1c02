import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import type { Tx } from '../platform/database.ts';
import type { mentionRepository } from './messages.mentions.ts';
import type { OpenMessages } from './messages.opening.ts';
import { toMessage } from './messages.stored.ts';
import type { StoredSummary, SummaryRepository } from './messages.summaries.repository.ts';

interface Deps {
  readonly repository: SummaryRepository;
  readonly unreadMentions: (typeof mentionRepository)['unread'];
  readonly keys: Pick<ChatKeys, 'numbered'>;
  readonly open: OpenMessages;
  readonly presentChat: ChatService['presentChat'];
  readonly presentPlace: ChatService['presentPlace'];
}

export type Summaries = ReturnType<typeof createSummaries>;

/** Chats as they stand in people's lists: two queries for any number of them, and one more for keys not at hand. */
export function createSummaries({ repository, keys, open, presentChat, presentPlace, unreadMentions }: Deps) {
  async function present(tx: Tx, stored: readonly StoredSummary[]): Promise<ChatSummary[]> {
    const chatKeys = await keys.numbered(
      tx,
      stored.map(({ chat }) => chat),
    );
    const unread = await repository.countUnread(
      tx,
      stored.map(({ chat, memberId, readPosition, bars, blocksSomebody }) => ({
        chatId: chat.id,
        userId: memberId,
        after: Math.max(readPosition, chat.clearedPosition),
        // Whom one has blocked says nothing new.
        until: (bars & BARS.blocks) > 0 ? 0 : chat.lastPosition,
        skipsHidden: (bars & BARS.missed) > 0,
        // A direct chat is not heard of at all.
        skipsBlocked: blocksSomebody && chat.kind === 'group',
      })),
    );
    const last = await lastShown(tx, stored, chatKeys);
    const mentionsOf = await unreadMentions(
      tx,
      stored.map(({ chat, memberId }) => ({ chatId: chat.id, userId: memberId })),
    );
    return stored.map((row, at) => {
      const { memberId, chat, role, peer, readPosition, place } = row;
      const key = chatKeys.get(chat.id);
      return {
        chat: presentChat(chat, key ?? null),
        revision: chat.revision,
        role,
        peer,
        lastMessage: last.get(row) ?? null,
        readPosition,
        unreadCount: unread[at] ?? 0,
        ...mentionsOf({ chatId: chat.id, userId: memberId }),
        place: presentPlace({ userId: memberId, chatId: chat.id }, place, key ?? null),
      };
    });
  }

  /** One more query only where the last message is not shown to somebody. */
  async function lastShown(
    tx: Tx,
    stored: readonly StoredSummary[],
    chatKeys: Awaited<ReturnType<ChatKeys['numbered']>>,
  ): Promise<ReadonlyMap<StoredSummary, Message>> {
    const last = new Map(
      stored.flatMap((row) =>
        row.lastMessage ? [[row, toMessage(row.lastMessage, chatKeys.get(row.chat.id), row.memberId)] as const] : [],
      ),
    );
    const hidden = stored.filter((row) => row.isLastHidden);
    const shown = await repository.lastVisible(
      tx,
      hidden.map(({ chat, memberId, place }) => ({
        chatId: chat.id,
        userId: memberId,
        after: Math.max(chat.clearedPosition, place.clearedPosition),
        until: chat.lastPosition,
      })),
    );
    for (const [at, row] of hidden.entries()) {
      last.delete(row);
      const before = shown[at];
      // oxlint-disable-next-line no-await-in-loop -- the keys are at hand
      const [message] = before ? await open(tx, [before], row.memberId) : [];
      if (message) last.set(row, message);
    }
    return last;
  }

  return {
    /** These chats in this person's list, with the stored rows they were made from. */
    async ofPerson(tx: Tx, userId: UserId, chatIds: readonly ChatId[]): Promise<ChatSummary[]> {
      return present(tx, await repository.ofPerson(tx, userId, chatIds));
    },

    /** This chat in these people's lists; those who are not in it are left out. */
    async ofChat(tx: Tx, chatId: ChatId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, ChatSummary>> {
      const stored = await repository.ofChat(tx, chatId, userIds);
      const summaries = await present(tx, stored);
      return new Map(zip(stored, summaries).map(([{ memberId }, summary]) => [memberId, summary]));
    },
  };
}

function zip<A, B>(ones: readonly A[], others: readonly B[]): (readonly [A, B])[] {
  return ones.flatMap((one, at) => {
    const other = others[at];
    return other === undefined ? [] : [[one, other] as const];
  });
}
