import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Attachment } from '@dialog/shared/attachments';
import type { Message } from '@dialog/shared/messages';
import type { AttachmentFeature } from '../attachments/attachments.feature.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { UserService } from '../users/users.service.ts';
import type { MessageActs } from './messages.acts.ts';
import type { Draft } from './messages.batch.ts';
import { openContent } from './messages.content.ts';
import type { MessageWriter } from './messages.writer.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly users: Pick<UserService, 'load'>;
  readonly acts: Pick<MessageActs, 'standing'>;
  readonly writer: MessageWriter;
  readonly copyAttachments: AttachmentFeature['copy'];
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
export function createForwarding({ db, chats, keys, users, acts, writer, copyAttachments }: Deps) {
  return async function forward({ senderId, from, to, items }: Forwarding): Promise<Message[]> {
    const cleared = await chats.clearedFor(db, senderId, from);
    const ids = items.map(({ messageId }) => messageId);
    const found = new Map(
      (await acts.standing(db, { chatId: from, cleared }, ids)).map((message) => [message.id, message]),
    );
    const [chatKeys, authors] = await Promise.all([
      keys.stored(db, [from]),
      users.load(db, [...new Set([...found.values()].map((message) => message.senderId))]),
    ]);
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
    // One chat, one lane: they stand in the order in which they are handed over.
    const posts: Draft[] = [];
    for (const { copied, ...draft } of drafts) {
      // oxlint-disable-next-line no-await-in-loop -- a file after another, so that memory stays flat
      const attachmentIds = await copyAttachments(copied, { from, to, userId: senderId });
      posts.push(attachmentIds.length === 0 ? draft : { ...draft, attachmentIds });
    }
    return Promise.all(posts.map((draft) => writer.post(draft)));
  };
}
