import type { ChatChanges } from '@dialog/shared/chats';
import { ChatId, MessageId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import * as z from 'zod';
import type { ChatChange } from '../chats/chats.change.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database, WriteTx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Previews } from '../previews/previews.feature.ts';
import type { MessageAct } from './messages.acts.ts';
import type { MessageActsRepository } from './messages.acts.repository.ts';
import { openContent } from './messages.content.ts';
import { openPreview, sealPreview, shownPreview, type StoredPreview } from './messages.previews.sealed.ts';
import type { MessageRepository } from './messages.repository.ts';
import { toMessage, type StoredMessage } from './messages.stored.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'changeChat' | 'changeChatAsServer'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly messages: Pick<MessageRepository, 'withIds'>;
  readonly repository: Pick<MessageActsRepository, 'save'>;
  readonly previews: Previews;
  /** Those that may take long. */
  readonly jobs: Pick<Jobs, 'addAtCommit' | 'add' | 'handle' | 'kick'>;
}

const TOPIC = 'messages.preview';
/** Names the message only: its words, and so its address, stay sealed. */
const Asked = z.object({ chatId: ChatId, messageId: MessageId });

export type MessagePreviews = ReturnType<typeof createMessagePreviews>;

/**
 * What a message shows of the first address in it. Asked for by an outbox row of the transaction that stored the words (R8),
 * found afterwards, and then a change of the message like any other (R1, R3): so it delays no message, survives a crash, and
 * reaches every device. A message without an address costs nothing here.
 */
export function createMessagePreviews({ db, chats, keys, messages, repository, previews, jobs }: Deps) {
  jobs.handle(TOPIC, async (payload) => carryOut(z.parse(Asked, payload)));

  async function carryOut(asked: z.infer<typeof Asked>): Promise<void> {
    const key = (await keys.stored(db, [asked.chatId])).get(asked.chatId);
    const [message] = await messages.withIds(db, [asked.messageId]);
    const url = key && message && wantedBy(message, key);
    if (!url) return;
    const { senderId, chatId } = message;
    const page = await previews.find(senderId, url);
    if (!page) return;
    await chats
      .changeChatAsServer({ chatId, actorId: senderId }, async (change) => {
        // Meanwhile it may have been edited, taken back, or given its preview by another try.
        const [now] = await messages.withIds(change.tx, [asked.messageId]);
        if (!now || wantedBy(now, change.key) !== url) return;
        await put(change, now, await previews.make(change, { position: now.position, url }, page));
      })
      .catch(unlessChatIsGone);
  }

  /** The address whose preview this message lacks. */
  function wantedBy(message: StoredMessage, key: SealingKey): string | null {
    const url = addressOf(message, key);
    return url !== null && openPreview(key, message)?.url !== url ? url : null;
  }

  function addressOf(message: StoredMessage, key: SealingKey): string | null {
    const content = openContent(key, message);
    return content.kind === 'text' ? previews.addressIn(content.text) : null;
  }

  async function requireOwn({ tx, chatId, actorId }: ChatChange, messageId: MessageId): Promise<StoredMessage> {
    const [message] = await messages.withIds(tx, [messageId]);
    if (message?.chatId !== chatId || message.kind === 'deleted') throw new AppError('message-not-found');
    if (message.senderId !== actorId) throw new AppError('not-allowed', 'not their own message');
    return message;
  }

  async function put(change: ChatChange, message: StoredMessage, preview: StoredPreview): Promise<void> {
    const changed = {
      ...message,
      preview: sealPreview(change.key, preview, message),
      revision: change.nextRevision(),
    };
    await repository.save(change.tx, changed);
    change.messageChanged(toMessage(changed, change.key));
  }

  function asks({ content }: Message): boolean {
    return content.kind === 'text' && previews.addressIn(content.text) !== null;
  }

  return {
    /** In the transaction that posts these messages. */
    askAtCommit(tx: WriteTx, posted: Iterable<Message>): void {
      const asked = [...posted].filter(asks).map(({ chatId, id }) => ({ chatId, messageId: id }));
      if (asked.length > 0) jobs.addAtCommit(tx, TOPIC, asked);
    },

    /** After the commit: what was asked for need not wait for the next poll. */
    told(changed: readonly Message[]): void {
      if (changed.some((message) => !message.preview && asks(message))) jobs.kick();
    },

    /** In the act that gives a message other words: keeps its preview with the address it is of, and only with that. */
    async edited(change: ChatChange, message: StoredMessage, text: string): Promise<Pick<StoredMessage, 'preview'>> {
      const url = previews.addressIn(text);
      const known = openPreview(change.key, message);
      if (known && known.url === url) return { preview: message.preview };
      if (shownPreview(known)?.picture) await previews.forget(change.tx, change.chatId, [message.position]);
      if (url !== null) await jobs.add(change.tx, TOPIC, { chatId: change.chatId, messageId: message.id });
      return { preview: null };
    },

    /** In the act that takes these messages back. */
    async forget(change: ChatChange, taken: readonly StoredMessage[]): Promise<void> {
      const positions = taken.filter(({ preview }) => preview !== null).map(({ position }) => position);
      if (positions.length > 0) await previews.forget(change.tx, change.chatId, positions);
    },

    /** For good, as long as the message has this address. Only who sent it may. */
    async remove({ chatId, messageId, actorId }: MessageAct): Promise<ChatChanges> {
      const { changes } = await chats.changeChat({ chatId, actorId }, async (change) => {
        const message = await requireOwn(change, messageId);
        const known = openPreview(change.key, message);
        // One that is still being looked for is not to come either.
        const url = known?.url ?? addressOf(message, change.key);
        if (url === null || (known && 'isRemoved' in known)) return;
        if (known) await previews.forget(change.tx, chatId, [message.position]);
        await put(change, message, { url, isRemoved: true });
      });
      return changes;
    },
  };
}

function unlessChatIsGone(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'chat-not-found') throw error;
}
