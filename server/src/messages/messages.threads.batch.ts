import type { ChatId } from '@dialog/shared/contract/values';
import type { Message, Replies } from '@dialog/shared/messages.values';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { KeyedDraft } from './messages.drafts.ts';
import { isExpired } from './messages.content.ts';
import { repliesOf, toMessage, type StoredMessage } from './messages.stored.ts';

/** Who wrote last in a thread: as many as are shown. */
export const WRITERS_SHOWN = 3;

interface Thread {
  root: StoredMessage;
  readonly key: SealingKey;
  hasChanged: boolean;
}

export type BatchThreads = ReturnType<typeof createBatchThreads>;

/** The roots under which a batch writes. However many replies it brings to one of them, that changes once. */
export function createBatchThreads(roots: readonly StoredMessage[], drafts: readonly KeyedDraft[]) {
  const keys = new Map(drafts.map(({ chatId, key }) => [chatId, key]));
  const threads = new Map<string, Thread>();
  for (const root of roots) {
    const key = keys.get(root.chatId);
    if (key && mayBeAnswered(root)) threads.set(placeOf(root.chatId, root.position), { root, key, hasChanged: false });
  }

  return {
    /** Null: it is to stand in the conversation itself. Undefined: there is nothing to be answered in a thread. */
    rootOf({ chatId, thread }: Pick<KeyedDraft, 'chatId' | 'thread'>): StoredMessage | null | undefined {
      return thread === undefined ? null : threads.get(placeOf(chatId, thread))?.root;
    },

    answer({ chatId, position, senderId, postedAt }: Message, root: StoredMessage): void {
      const thread = threads.get(placeOf(chatId, root.position));
      if (!thread) return;
      const before = repliesOf(thread.root);
      const others = (before?.writers ?? []).filter((writer) => writer !== senderId);
      const replies: Replies = {
        count: (before?.count ?? 0) + 1,
        lastPosition: position,
        lastAt: postedAt,
        writers: [senderId, ...others].slice(0, WRITERS_SHOWN),
      };
      thread.root = { ...thread.root, replies: JSON.stringify(replies) };
      thread.hasChanged = true;
    },

    /** Once all replies have their places. */
    changed(nextRevision: (chatId: ChatId) => number): { stored: StoredMessage; message: Message }[] {
      return [...threads.values()].flatMap(({ root, key, hasChanged }) => {
        if (!hasChanged) return [];
        const stored = { ...root, revision: nextRevision(root.chatId) };
        return [{ stored, message: toMessage(stored, key) }];
      });
    },
  };
}

/** What somebody said and what is in no thread itself; what was taken back as long as its thread stands. */
function mayBeAnswered(root: StoredMessage): boolean {
  if (root.thread !== null || root.kind === 'system') return false;
  return root.kind !== 'deleted' || (root.replies !== null && !isExpired(root));
}

function placeOf(chatId: ChatId, position: number): string {
  return `${chatId} ${position}`;
}
