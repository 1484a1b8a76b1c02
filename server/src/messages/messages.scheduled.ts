import type { ErrorCode } from '@dialog/shared/contract/errors';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { SCHEDULED_AHEAD_MAX_MS, SCHEDULED_MAX, type ScheduledMessage } from '@dialog/shared/messages.scheduled';
import type { Message } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { KeyChange } from '../chats/chats.clearing.ts';
import { reseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import { messageContext, openContent, sealContent } from './messages.content.ts';
import type { MessageRepository } from './messages.repository.ts';
import type { ScheduledRepository, StoredScheduled } from './messages.scheduled.repository.ts';
import type { MessageWriter } from './messages.writer.ts';

const LOOK_EVERY_MS = 1_000;
const TAKEN_AT_ONCE = 20;
/** Longer than a write may take (L7); after it another node tries, under the same id. */
const TAKEN_MS = 30_000;

/** With these it can never be posted. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['chat-not-found', 'id-taken', 'announcement-only']);

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: Pick<ChatKeys, 'hold'>;
  readonly messages: Pick<MessageRepository, 'withIds'>;
  readonly repository: ScheduledRepository;
  readonly writer: MessageWriter;
  readonly now: () => Date;
  /** The sender's devices ask again. */
  readonly tell: (userId: UserId, chatId: ChatId) => void;
  readonly onError: (error: unknown) => void;
}

interface Own {
  readonly userId: UserId;
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

export type Scheduled = ReturnType<typeof createScheduled>;

/**
 * Messages that wait for their time. Each has the id that it will have as a message, so that posting it again, after a
 * crash or a step of the clock, posts nothing twice (R6). Whether its sender may write there is asked when it is posted.
 */
export function createScheduled(deps: Deps) {
  const { db, chats, keys, messages, repository, writer, now, tell, onError } = deps;

  /** Held: whoever clears the chat seals anew what is stored by then, with what comes after they are done. */
  async function requireKey(tx: Tx, chatId: ChatId): Promise<SealingKey> {
    const key = await keys.hold(tx, chatId);
    if (!key) throw new AppError('chat-not-found', 'no key');
    return key;
  }

  function present(key: SealingKey, stored: StoredScheduled): ScheduledMessage {
    const { id, chatId, replyTo, isSilent, sendAt } = stored;
    return {
      id,
      chatId,
      text: textOf(key, stored) ?? '',
      ...(replyTo === null ? {} : { replyTo }),
      ...(isSilent ? { isSilent } : {}),
      sendAt: sendAt.toISOString(),
    };
  }

  function requireNear(sendAt: string): Date {
    const at = new Date(sendAt);
    if (at.getTime() - now().getTime() > SCHEDULED_AHEAD_MAX_MS) throw new AppError('too-far-ahead');
    return at;
  }

  /** Theirs, in this chat, and not being posted. */
  async function requireFree(tx: Tx, { userId, chatId, messageId }: Own): Promise<StoredScheduled> {
    const found = await repository.free(tx, messageId, now());
    if (found?.senderId !== userId || found.chatId !== chatId) throw new AppError('message-not-found');
    return found;
  }

  async function take(tx: Tx, taken: readonly StoredScheduled[]): Promise<void> {
    if (taken.length > 0) await repository.take(tx, taken, new Date(now().getTime() + TAKEN_MS));
  }

  /** Answers why it can never be posted, and then it is forgotten as well. */
  async function post(stored: StoredScheduled): Promise<Message | AppError> {
    const { id, chatId, senderId, replyTo, isSilent } = stored;
    const text = await wordsOf(stored);
    if (text === null) return new AppError('chat-not-found', 'no longer to be read');
    const draft = { id, chatId, senderId, content: { kind: 'text' as const, text }, replyTo };
    return writer.post(isSilent ? { ...draft, isSilent } : draft).catch((error: unknown) => {
      // Whom slow mode keeps waiting waits here as well: it is tried again.
      if (error instanceof AppError && FINAL.has(error.code)) return error;
      throw error;
    });
  }

  /** As they are stored now: the chat may have got another key since it was taken. */
  function wordsOf({ id, chatId }: StoredScheduled): Promise<string | null> {
    return db.transaction(async (tx) => {
      const key = await keys.hold(tx, chatId);
      const known = await repository.withId(tx, id);
      return key && known ? textOf(key, known) : null;
    });
  }

  async function send(stored: StoredScheduled): Promise<Message | AppError> {
    const posted = await post(stored);
    await repository.remove(db, stored.id);
    tell(stored.senderId, stored.chatId);
    return posted;
  }

  async function sweep(): Promise<void> {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- portion by portion is the bound
      const due = await db.transaction(async (tx) => {
        const found = await repository.due(tx, now(), TAKEN_AT_ONCE);
        await take(tx, found);
        return found;
      });
      // oxlint-disable-next-line no-await-in-loop -- in the order of their times
      for (const stored of due) await send(stored).catch(onError);
      if (due.length < TAKEN_AT_ONCE) return;
    }
  }

  return {
    async schedule(
      own: Own,
      { text, replyTo, isSilent, sendAt }: Pick<ScheduledMessage, 'text' | 'replyTo' | 'isSilent' | 'sendAt'>,
    ): Promise<ScheduledMessage> {
      const { userId, chatId, messageId: id } = own;
      await chats.requireMember(db, userId, chatId);
      const place = { id, chatId };
      const made = {
        ...place,
        senderId: userId,
        replyTo: replyTo ?? null,
        isSilent: isSilent ?? false,
        sendAt: requireNear(sendAt),
      };
      await db
        .transaction(async (tx) => {
          const { body } = sealContent(await requireKey(tx, chatId), { kind: 'text', text }, place);
          if ((await messages.withIds(tx, [id])).length > 0) throw new AppError('id-taken');
          if ((await repository.countOf(tx, userId)) >= SCHEDULED_MAX) throw new AppError('too-many-scheduled');
          await repository.insert(tx, { ...made, body });
        })
        .catch((error: unknown) => {
          if (!isDuplicate(error)) throw error;
        });
      const scheduled = await db.transaction(async (tx) => {
        const key = await requireKey(tx, chatId);
        const known = await repository.withId(tx, id);
        if (known?.senderId !== userId || known.chatId !== chatId) throw new AppError('id-taken');
        return present(key, known);
      });
      tell(userId, chatId);
      return scheduled;
    },

    async list(userId: UserId, chatId: ChatId): Promise<ScheduledMessage[]> {
      await chats.requireMember(db, userId, chatId);
      return db.transaction(async (tx) => {
        const key = await requireKey(tx, chatId);
        return (await repository.inChat(tx, userId, chatId)).map((stored) => present(key, stored));
      });
    },

    async change(own: Own, { text, sendAt }: { text?: string | undefined; sendAt?: string | undefined }) {
      await chats.requireMember(db, own.userId, own.chatId);
      const changed = await db.transaction(async (tx) => {
        const key = await requireKey(tx, own.chatId);
        const known = await requireFree(tx, own);
        const body = text === undefined ? known.body : sealContent(key, { kind: 'text', text }, known).body;
        const next = { ...known, body, sendAt: sendAt === undefined ? known.sendAt : requireNear(sendAt) };
        await repository.change(tx, next);
        return present(key, next);
      });
      tell(own.userId, own.chatId);
      return changed;
    },

    async sendNow(own: Own): Promise<Message> {
      await chats.requireMember(db, own.userId, own.chatId);
      const stored = await db.transaction(async (tx) => {
        const found = await requireFree(tx, own);
        await take(tx, [found]);
        return found;
      });
      // Refused for now it can be changed, sent or forgotten again at once; of anything else nobody knows yet.
      const posted = await send(stored).catch(async (error: unknown) => {
        if (error instanceof AppError && error.code === 'slow-mode') await repository.release(db, stored.id);
        throw error;
      });
      if (posted instanceof AppError) throw posted.code === 'id-taken' ? new AppError('message-not-found') : posted;
      return posted;
    },

    async cancel(own: Own): Promise<void> {
      await chats.requireMember(db, own.userId, own.chatId);
      await db.transaction(async (tx) => repository.remove(tx, (await requireFree(tx, own)).id));
      tell(own.userId, own.chatId);
    },

    /** In the act that clears a chat: what waits in it waits on, and answers nothing that is gone. */
    async keyReplaced(tx: Tx, { chatId, ...change }: KeyChange): Promise<void> {
      for (const stored of await repository.lockInChat(tx, chatId)) {
        const body = reseal(stored.body, messageContext(stored), change);
        // oxlint-disable-next-line no-await-in-loop -- one connection
        if (body) await repository.change(tx, { ...stored, body, replyTo: null });
      }
    },

    sweep,
    /** Answers how to stop. */
    start: (): (() => void) => repeat(sweep, { everyMs: LOOK_EVERY_MS, onError }),
  };
}

function textOf(key: SealingKey, { chatId, id, body }: StoredScheduled): string | null {
  const content = openContent(key, { chatId, id, kind: 'text', body });
  return content.kind === 'text' ? content.text : null;
}
