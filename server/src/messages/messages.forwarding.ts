import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Attachment } from '@dialog/shared/attachments';
import type { Message } from '@dialog/shared/messages';
import type { AttachmentFeature } from '../attachments/attachments.feature.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import type { UserService } from '../users/users.service.ts';
import type { MessageActs } from './messages.acts.ts';
import type { Draft } from './messages.drafts.ts';
import { openContent } from './messages.content.ts';
import type { MessageRepository } from './messages.repository.ts';
import type { MessageWriter } from './messages.writer.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly users: Pick<UserService, 'load'>;
  readonly acts: Pick<MessageActs, 'standing'>;
  readonly writer: MessageWriter;
  readonly messages: Pick<MessageRepository, 'withIds'>;
  readonly copying: AttachmentFeature['copying'];
  readonly limiter: Pick<Limiter, 'takeMany'>;
}

interface Forwarding {
  readonly senderId: UserId;
  readonly from: ChatId;
  readonly to: ChatId;
  readonly items: readonly { readonly id: MessageId; readonly messageId: MessageId }[];
}

export type Forward = ReturnType<typeof createForwarding>;

/**
 * Passes messages on: the same words under new ids, signed by who passes them on, with the name of who wrote them first
 * as it is now. Said twice it posts once (R6). Who may read `from` and write `to` is asked at the time of the act.
 */
export function createForwarding({ db, chats, keys, users, acts, writer, messages, copying, limiter }: Deps) {
  /** A file after another, so that memory stays flat. What is not posted in the end leaves no copies behind. */
  async function postAll(
    drafts: readonly (Draft & { readonly copied: readonly Attachment[] })[],
    { from, isPosted }: { readonly from: ChatId; readonly isPosted: ReadonlySet<MessageId> },
  ): Promise<Message[]> {
    const posts: Draft[] = [];
    const dropCopies = async (unposted: readonly Draft[], error: unknown): Promise<never> => {
      await copying.drop(unposted.flatMap(({ attachmentIds = [] }) => attachmentIds));
      throw error;
    };
    for (const { copied, ...draft } of drafts) {
      // What is there already is answered as it stands.
      const needed = isPosted.has(draft.id) ? [] : copied;
      const passing = { from, to: draft.chatId, userId: draft.senderId };
      // oxlint-disable-next-line no-await-in-loop -- as said above
      const attachmentIds = await copying.copy(needed, passing).catch((error: unknown) => dropCopies(posts, error));
      posts.push(attachmentIds.length === 0 ? draft : { ...draft, attachmentIds });
    }
    // One chat, one lane: they stand in the order in which they are handed over.
    return Promise.all(posts.map((draft) => writer.post(draft).catch((error: unknown) => dropCopies([draft], error))));
  }

  return async function forward({ senderId, from, to, items }: Forwarding): Promise<Message[]> {
    const cleared = await chats.clearedFor(db, senderId, from);
    // Each is a message like any other; the route has counted the first.
    if (items.length > 1) await limiter.takeMany('send', senderId, items.length - 1);
    const ids = items.map(({ messageId }) => messageId);
    const found = new Map(
      (await acts.standing(db, { chatId: from, cleared }, ids)).map((message) => [message.id, message]),
    );
    const [chatKeys, posted, authors] = await Promise.all([
      keys.stored(db, [from]),
      messages.withIds(
        db,
        items.map(({ id }) => id),
      ),
      users.load(db, [...new Set([...found.values()].map((message) => message.senderId))]),
    ]);
    const isPosted = new Set(posted.map(({ id }) => id));
    const drafts = items.map(({ id, messageId }): Draft & { readonly copied: readonly Attachment[] } => {
      const message = found.get(messageId);
      const content = message && openContent(chatKeys.get(from), message);
      if (!message || content?.kind !== 'text') throw new AppError('message-not-found');
      const { attachments = [], ...words } = content;
      const name = content.forwardedFrom ?? authors.get(message.senderId)?.displayName ?? '';
      return {
        id,
        senderId,
        chatId: to,
        replyTo: null,
        content: { ...words, forwardedFrom: name },
        copied: attachments,
      };
    });
    return postAll(drafts, { from, isPosted });
  };
}
