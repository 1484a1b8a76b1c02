import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { UserService } from '../users/users.service.ts';
import type { MessageActs } from './messages.acts.ts';
import { openContent } from './messages.content.ts';
import type { MessageWriter } from './messages.writer.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: ChatKeys;
  readonly users: Pick<UserService, 'load'>;
  readonly acts: Pick<MessageActs, 'standing'>;
  readonly writer: MessageWriter;
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
export function createForwarding({ db, chats, keys, users, acts, writer }: Deps) {
  return async function forward({ senderId, from, to, items }: Forwarding): Promise<Message[]> {
    await chats.requireMember(db, senderId, from);
    const ids = items.map(({ messageId }) => messageId);
    const found = new Map((await acts.standing(db, from, ids)).map((message) => [message.id, message]));
    const [key, authors] = await Promise.all([
      keys.of(db, from),
      users.load(db, [...new Set([...found.values()].map((message) => message.senderId))]),
    ]);
    const drafts = items.map(({ id, messageId }) => {
      const message = found.get(messageId);
      const content = message && openContent(key ?? undefined, message);
      if (!message || content?.kind !== 'text') throw new AppError('message-not-found');
      const name = content.forwardedFrom ?? authors.get(message.senderId)?.displayName ?? '';
      return { id, senderId, chatId: to, replyTo: null, content: { ...content, forwardedFrom: name } };
    });
    // One chat, one lane: they stand in the order in which they are handed over.
    return Promise.all(drafts.map((draft) => writer.post(draft)));
  };
}
