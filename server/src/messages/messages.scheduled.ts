import type { ErrorCode } from '@dialog/shared/contract/errors';
import type { AttachmentId, ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { SCHEDULED_AHEAD_MAX_MS, SCHEDULED_MAX, type ScheduledMessage } from '@dialog/shared/messages.scheduled';
import type { Message, TextContent } from '@dialog/shared/messages';
import type { Removal } from '../attachments/attachments.removal.ts';
import type { AttachmentService } from '../attachments/attachments.service.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database, Tx } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import { openContent, sealContent } from './messages.content.ts';
import type { MessageRepository } from './messages.repository.ts';
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
  'slow-mode',
  'attachment-not-found',
  'attachment-not-ready',
]);

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly keys: ChatKeys;
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

  async function requireKey(chatId: ChatId): Promise<SealingKey> {
    const key = await keys.of(db, chatId);
    if (!key) throw new AppError('chat-not-found', 'no key');
    return key;
  }

  function present(key: SealingKey, stored: StoredScheduled): ScheduledMessage {
    const { id, chatId, replyTo, isSilent, sendAt, failure } = stored;
    const content = contentOf(key, stored);
    return {
      id,
      chatId,
      text: content?.text ?? '',
      ...(content?.attachments ? { attachments: content.attachments } : {}),
      ...(replyTo === null ? {} : { replyTo }),
      ...(isSilent ? { isSilent } : {}),
      sendAt: sendAt.toISOString(),
      ...(failure === null ? {} : { failure }),
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

  async function isTheirs({ userId, chatId, messageId }: Own): Promise<boolean> {
    const known = await repository.withId(db, messageId);
    return known?.senderId === userId && known.chatId === chatId;
  }

  async function insert(
    tx: Tx,
    key: SealingKey,
    { own, at, text, attachmentIds = [], replyTo, isSilent }: Asked & { readonly own: Own; readonly at: Date },
  ): Promise<void> {
    const { messageId: id, chatId, userId: senderId } = own;
    if ((await messages.withIds(tx, [id])).length > 0) throw new AppError('id-taken');
    if ((await repository.countOf(tx, senderId)) >= SCHEDULED_MAX) throw new AppError('too-many-scheduled');
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
    const key = await keys.of(db, chatId);
    const content = key && contentOf(key, stored);
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
  async function requireOwnOrMember({ userId, chatId }: Omit<Own, 'messageId'>): Promise<StoredScheduled[]> {
    const own = await repository.inChat(db, userId, chatId);
    if (own.length === 0) await chats.requireMember(db, userId, chatId);
    return own;
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
      const key = await requireKey(chatId);
      const sendAt = requireNear(asked.sendAt);
      await db
        .transaction((tx) => insert(tx, key, { ...asked, own, at: sendAt }))
        .catch(async (error: unknown) => {
          // The same again finds its row, or its files held already.
          if (!isRepeat(error)) throw error;
          if (!(await isTheirs(own)) && !isDuplicate(error)) throw error;
        });
      const known = await repository.withId(db, id);
      if (known?.senderId !== userId || known.chatId !== chatId) throw new AppError('id-taken');
      tell(userId, chatId);
      return present(key, known);
    },

    async list(userId: UserId, chatId: ChatId): Promise<ScheduledMessage[]> {
      const own = await requireOwnOrMember({ userId, chatId });
      const key = await requireKey(chatId);
      return own.map((stored) => present(key, stored));
    },

    async change(own: Own, { text, sendAt }: { text?: string | undefined; sendAt?: string | undefined }) {
      await chats.requireMember(db, own.userId, own.chatId);
      const key = await requireKey(own.chatId);
      const changed = await db.transaction(async (tx) => {
        const known = await requireFree(tx, own);
        const next = { ...known, ...reworded(key, known, text), ...retimed(sendAt) };
        await repository.change(tx, next);
        return next;
      });
      tell(own.userId, own.chatId);
      return present(key, changed);
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
      await requireOwnOrMember(own);
      const key = await keys.of(db, own.chatId);
      await db.transaction(async (tx) => {
        const known = await requireFree(tx, own);
        await repository.remove(tx, known.id);
        const held = key ? contentOf(key, known)?.attachments : undefined;
        await attachments.heldRemoved(tx, held?.map(({ id }) => id) ?? []);
      });
      tell(own.userId, own.chatId);
    },

    sweep,
    /** Answers how to stop. */
    start: (): (() => void) => repeat(sweep, { everyMs: LOOK_EVERY_MS, onError }),
  };
}

function contentOf(key: SealingKey, { chatId, id, kind, body }: StoredScheduled): TextContent | null {
  const content = openContent(key, { chatId, id, kind, body });
  return content.kind === 'text' ? content : null;
}

function isRepeat(failure: unknown): boolean {
  return isDuplicate(failure) || (failure instanceof AppError && failure.code === 'attachment-not-ready');
}
