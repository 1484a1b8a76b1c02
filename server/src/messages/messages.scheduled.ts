import type { ErrorCode } from '@dialog/shared/contract/errors';
import type { AttachmentId, ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { SCHEDULED_AHEAD_MAX_MS, SCHEDULED_MAX, type ScheduledMessage } from '@dialog/shared/messages.scheduled';
import type { Message, TextContent } from '@dialog/shared/messages';
import type { Removal } from '../attachments/attachments.removal.ts';
import type { AttachmentService } from '../attachments/attachments.service.ts';
import type { KeyChange } from '../chats/chats.clearing.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import { sealContent } from './messages.content.ts';
import type { MessageRepository } from './messages.repository.ts';
import { contentOf, present } from './messages.scheduled.content.ts';
import type { ScheduledRepository, StoredScheduled } from './messages.scheduled.repository.ts';
import type { MessageWriter } from './messages.writer.ts';

const LOOK_EVERY_MS = 1_000;
const TAKEN_AT_ONCE = 20;
/** Longer than a write may take (L7); after it another node tries, under the same id. */
const TAKEN_MS = 30_000;

/** With these it is not posted by itself any more, and its sender decides; whom slow mode keeps waiting waits here as well. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'chat-not-found',
  'id-taken',
  'announcement-only',
  'not-reachable',
  'blocked-by-you',
  'slow-mode',
  'attachment-not-found',
  'attachment-not-ready',
]);

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: Pick<ChatKeys, 'hold'>;
  readonly messages: Pick<MessageRepository, 'withIds'>;
  readonly repository: ScheduledRepository;
  readonly writer: MessageWriter;
  readonly attachments: Pick<AttachmentService, 'claim' | 'hold'> & Pick<Removal, 'heldRemoved'>;
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

interface Asked extends Pick<ScheduledMessage, 'text' | 'replyTo' | 'isSilent' | 'sendAt'> {
  readonly attachmentIds?: readonly AttachmentId[] | undefined;
}

export type Scheduled = ReturnType<typeof createScheduled>;

/**
 * Messages that wait for their time. Each has the id that it will have as a message, so that posting it again, after a
 * crash or a step of the clock, posts nothing twice (R6). Whether its sender may write there is asked when it is posted; what
 * is refused then is kept for them, with the reason. Its files are held for it, and go where it goes.
 */
export function createScheduled(deps: Deps) {
  const { db, chats, keys, messages, repository, writer, attachments, now, tell, onError } = deps;

  /** Held: whoever clears the chat seals anew what is stored by then, with what comes after they are done. */
  async function requireKey(tx: Tx, chatId: ChatId): Promise<SealingKey> {
    const key = await keys.hold(tx, chatId);
    if (!key) throw new AppError('chat-not-found', 'no key');
    return key;
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

  function reworded(key: SealingKey, known: StoredScheduled, text: string | undefined): Partial<StoredScheduled> {
    if (text === undefined) return {};
    const { attachments: files } = contentOf(key, known) ?? {};
    if (text === '' && !files) throw new AppError('invalid-request', 'says nothing');
    return sealContent(key, { kind: 'text', text, ...(files ? { attachments: files } : {}) }, known);
  }

  /** Another time is another try. */
  function retimed(sendAt: string | undefined): Partial<StoredScheduled> {
    return sendAt === undefined ? {} : { sendAt: requireNear(sendAt), failure: null };
  }

  async function insert(
    tx: Tx,
    { own, at, text, attachmentIds = [], replyTo, isSilent }: Asked & { readonly own: Own; readonly at: Date },
  ): Promise<void> {
    const { messageId: id, chatId, userId: senderId } = own;
    if ((await messages.withIds(tx, [id])).length > 0) throw new AppError('id-taken');
    if ((await repository.countOf(tx, senderId)) >= SCHEDULED_MAX) throw new AppError('too-many-scheduled');
    const key = await requireKey(tx, chatId);
    const content: TextContent = { kind: 'text', text };
    if (attachmentIds.length > 0) {
      content.attachments = await attachments.claim(tx, { chatId, senderId, ids: attachmentIds }, key);
      await attachments.hold(tx, attachmentIds);
    }
    const sealed = sealContent(key, content, { chatId, id });
    const wish = { replyTo: replyTo ?? null, isSilent: isSilent ?? false, sendAt: at, failure: null };
    await repository.insert(tx, { id, chatId, senderId, ...wish, ...sealed });
  }

  async function take(tx: Tx, taken: readonly StoredScheduled[]): Promise<void> {
    if (taken.length > 0) await repository.take(tx, taken, new Date(now().getTime() + TAKEN_MS));
  }

  /** Null: nobody can read it any more. */
  async function post(stored: StoredScheduled): Promise<Message | AppError | null> {
    const { id, chatId, senderId, replyTo, isSilent } = stored;
    const content = await contentNow(stored);
    if (!content) return null;
    const draft = { id, chatId, senderId, content: { kind: 'text' as const, text: content.text }, replyTo };
    const attachmentIds = content.attachments?.map((attachment) => attachment.id);
    return writer
      .post({
        ...draft,
        ...(isSilent ? { isSilent } : {}),
        ...(attachmentIds ? { attachmentIds, isScheduled: true } : {}),
      })
      .catch((error: unknown) => {
        if (error instanceof AppError && REFUSALS.has(error.code)) return error;
        throw error;
      });
  }

  /** As it is stored now: the chat may have got another key since it was taken. */
  function contentNow({ id, chatId }: StoredScheduled): Promise<TextContent | null> {
    return db.transaction(async (tx) => {
      const key = await keys.hold(tx, chatId);
      const known = await repository.withId(tx, id);
      return key && known ? contentOf(key, known) : null;
    });
  }

  async function send(
    stored: StoredScheduled,
    whenRefused: (refusal: AppError) => Partial<StoredScheduled>,
  ): Promise<Message | AppError> {
    const posted = await post(stored);
    if (posted instanceof AppError) await repository.giveBack(db, { ...stored, ...whenRefused(posted) });
    else await repository.remove(db, stored.id);
    tell(stored.senderId, stored.chatId);
    return posted ?? new AppError('chat-not-found', 'no longer to be read');
  }

  /** Slow mode says until when: then it is tried again. */
  function refusedBy({ code, retryAfterSeconds }: AppError): Partial<StoredScheduled> {
    if (code !== 'slow-mode') return { failure: code };
    return { failure: code, sendAt: new Date(now().getTime() + (retryAfterSeconds ?? 1) * 1_000) };
  }

  /** Its sender may have left the chat: what is theirs is theirs. */
  async function requireOwnOrMember(tx: Tx, { userId, chatId }: Omit<Own, 'messageId'>): Promise<StoredScheduled[]> {
    const own = await repository.inChat(tx, userId, chatId);
    if (own.length === 0) await chats.requireMember(tx, userId, chatId);
    return own;
  }

  /** With its files, which were held for nothing else. */
  async function remove(tx: Tx, key: SealingKey | null, scheduled: readonly StoredScheduled[]): Promise<void> {
    const held = scheduled.flatMap((stored) => (key && contentOf(key, stored)?.attachments) ?? []);
    // oxlint-disable-next-line no-await-in-loop -- one connection
    for (const { id } of scheduled) await repository.remove(tx, id);
    await attachments.heldRemoved(
      tx,
      held.map(({ id }) => id),
    );
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
      for (const stored of due) await send(stored, refusedBy).catch(onError);
      if (due.length < TAKEN_AT_ONCE) return;
    }
  }

  return {
    async schedule(own: Own, asked: Asked): Promise<ScheduledMessage> {
      const { userId, chatId, messageId: id } = own;
      await chats.requireMember(db, userId, chatId);
      const sendAt = requireNear(asked.sendAt);
      const failure: unknown = await db
        .transaction((tx) => insert(tx, { ...asked, own, at: sendAt }))
        .catch((error: unknown) => {
          // The same again finds its row, or its files held already.
          if (!isRepeat(error)) throw error;
          return error;
        });
      const scheduled = await db.transaction(async (tx) => {
        const key = await requireKey(tx, chatId);
        const known = await repository.withId(tx, id);
        if (known?.senderId === userId && known.chatId === chatId) return present(key, known);
        if (failure instanceof AppError) throw failure;
        throw new AppError('id-taken');
      });
      tell(userId, chatId);
      return scheduled;
    },

    async list(userId: UserId, chatId: ChatId): Promise<ScheduledMessage[]> {
      return db.transaction(async (tx) => {
        const key = await requireKey(tx, chatId);
        return (await requireOwnOrMember(tx, { userId, chatId })).map((stored) => present(key, stored));
      });
    },

    async change(own: Own, { text, sendAt }: { text?: string | undefined; sendAt?: string | undefined }) {
      await chats.requireMember(db, own.userId, own.chatId);
      const changed = await db.transaction(async (tx) => {
        const key = await requireKey(tx, own.chatId);
        const known = await requireFree(tx, own);
        const next = { ...known, ...reworded(key, known, text), ...retimed(sendAt) };
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
      // Refused, it waits on as before: who asked is told.
      const posted = await send(stored, () => ({}));
      if (posted instanceof AppError) throw posted.code === 'id-taken' ? new AppError('message-not-found') : posted;
      return posted;
    },

    async cancel(own: Own): Promise<void> {
      await db.transaction(async (tx) => {
        await requireOwnOrMember(tx, own);
        const key = await keys.hold(tx, own.chatId);
        await remove(tx, key, [await requireFree(tx, own)]);
      });
      tell(own.userId, own.chatId);
    },

    /** Someone leaves, in this transaction, and takes along what they wanted to say there. */
    async removeOf(tx: Tx, { userId, chatId }: Omit<Own, 'messageId'>): Promise<void> {
      await remove(tx, await keys.hold(tx, chatId), await repository.inChat(tx, userId, chatId));
    },

    /** In the act that clears a chat: what waits in it waits on, and answers nothing that is gone; files go with the key. */
    async keyReplaced(tx: Tx, { chatId, old, next }: KeyChange): Promise<void> {
      for (const stored of await repository.lockInChat(tx, chatId)) {
        const content = contentOf(old, stored);
        const sealed = content?.text ? sealContent(next, { kind: 'text', text: content.text }, stored) : undefined;
        // oxlint-disable-next-line no-await-in-loop -- one connection
        await (sealed
          ? repository.change(tx, { ...stored, ...sealed, replyTo: null })
          : repository.remove(tx, stored.id));
      }
    },

    sweep,
    /** Answers how to stop. */
    start: (): (() => void) => repeat(sweep, { everyMs: LOOK_EVERY_MS, onError }),
  };
}

function isRepeat(failure: unknown): boolean {
  return isDuplicate(failure) || (failure instanceof AppError && failure.code === 'attachment-not-ready');
}
