import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Tx } from '../platform/database.ts';
import { isDuplicate } from '../platform/mysql/mysqlErrors.ts';
import type { LockedHead, PostingRepository } from './messages.posting.repository.ts';
import type { MessageRepository, StoredMessage } from './messages.repository.ts';
import { toMessage } from './messages.summaries.ts';

export interface Draft {
  readonly senderId: UserId;
  readonly chatId: ChatId;
  readonly id: MessageId;
  readonly text: string;
}

/** A draft with its words sealed; `key` is null when the chat has none that opens. */
export interface SealedDraft extends Draft {
  readonly key: SealingKey;
  readonly body: Buffer;
}

/** What became of one draft: the message (the first one, for a retry), or why not. */
export type Outcome = { readonly message: Message } | { readonly refusal: AppError };

/** One frame for all that a batch holds of one chat (R10). */
export interface Frame {
  readonly chatId: ChatId;
  readonly epoch: number;
  readonly changes: ChatChanges;
}

export interface BatchResult {
  /** By the order of the drafts. */
  readonly outcomes: readonly Outcome[];
  readonly frames: readonly Frame[];
}

export interface BatchDeps {
  readonly messages: Pick<MessageRepository, 'insert' | 'withIds'>;
  readonly posting: PostingRepository;
}

interface Batch {
  readonly drafts: readonly SealedDraft[];
  readonly postedAt: Date;
}

/** Two nodes can meet over one id in two chats; more than that is somebody's game. */
const TRIES = 3;

/**
 * One transaction's worth of drafts: whose chat and right are looked up under lock (R1, R11), placed one after another,
 * stored in one statement. Almost every draft is new, so that is tried first; ids that were posted before are looked up
 * only when the database refuses them, and answer the message that stands (R6). A draft that is refused leaves no hole
 * and does not touch the others.
 */
export async function writeBatch(deps: BatchDeps, tx: Tx, batch: Batch): Promise<BatchResult> {
  const heads = await deps.posting.lock(
    tx,
    batch.drafts.map(({ chatId, senderId }) => ({ chatId, userId: senderId })),
  );
  let earlier: ReadonlyMap<MessageId, StoredMessage> = new Map();
  for (let tried = 1; ; tried += 1) {
    const placed = place(batch, heads, earlier);
    try {
      // oxlint-disable-next-line no-await-in-loop -- the second try knows what the first one met
      await store(deps, tx, placed);
      return { outcomes: placed.outcomes, frames: framesOf(placed, heads) };
    } catch (error) {
      if (!isDuplicate(error) || tried === TRIES) throw error;
      // The statement alone was undone; the locks and the transaction stand.
      // oxlint-disable-next-line no-await-in-loop -- as above
      const found = await deps.messages.withIds(
        tx,
        batch.drafts.map(({ id }) => id),
      );
      earlier = new Map(found.map((message) => [message.id, message]));
    }
  }
}

interface Placed {
  readonly outcomes: Outcome[];
  readonly stored: StoredMessage[];
  /** The new messages of each chat, as they travel. */
  readonly perChat: Map<ChatId, Message[]>;
}

function place(
  { drafts, postedAt }: Batch,
  heads: ReadonlyMap<ChatId, LockedHead>,
  earlier: ReadonlyMap<MessageId, StoredMessage>,
): Placed {
  const placed: Placed = { outcomes: [], stored: [], perChat: new Map() };
  const postedAtText = postedAt.toISOString();
  for (const draft of drafts) {
    const head = heads.get(draft.chatId);
    const known = earlier.get(draft.id);
    if (!head?.senders.has(draft.senderId)) placed.outcomes.push(refused('chat-not-found'));
    else if (known) placed.outcomes.push(sameOrRefused(known, draft));
    else placed.outcomes.push({ message: append(placed, { draft, head, postedAt, postedAtText }) });
  }
  return placed;
}

interface Appended {
  readonly draft: SealedDraft;
  readonly head: LockedHead;
  readonly postedAt: Date;
  readonly postedAtText: string;
}

function append(placed: Placed, { draft, head, postedAt, postedAtText }: Appended): Message {
  const { id, chatId, senderId, body, text } = draft;
  const inChat = placed.perChat.get(chatId) ?? [];
  placed.perChat.set(chatId, inChat);
  const position = head.revision + inChat.length + 1;
  placed.stored.push({ chatId, position, id, senderId, kind: 'text', body, postedAt, revision: position });
  // The words are at hand; nothing is opened again for those who hear of it.
  const message: Message = {
    id,
    chatId,
    senderId,
    content: { kind: 'text', text },
    postedAt: postedAtText,
    position,
    revision: position,
  };
  inChat.push(message);
  return message;
}

function sameOrRefused(earlier: StoredMessage, draft: SealedDraft): Outcome {
  const isSame = earlier.senderId === draft.senderId && earlier.chatId === draft.chatId;
  return isSame ? { message: toMessage(earlier, draft.key) } : refused('id-taken');
}

function refused(code: 'chat-not-found' | 'id-taken'): Outcome {
  return { refusal: new AppError(code) };
}

async function store({ messages, posting }: BatchDeps, tx: Tx, { stored, perChat }: Placed): Promise<void> {
  if (stored.length === 0) return;
  await messages.insert(tx, stored);
  const revisions = new Map<ChatId, number>();
  for (const { chatId, position } of stored) revisions.set(chatId, position);
  if (perChat.size > 0) await posting.raise(tx, revisions);
}

function framesOf({ perChat }: Placed, heads: ReadonlyMap<ChatId, LockedHead>): Frame[] {
  const frames: Frame[] = [];
  for (const [chatId, messages] of perChat) {
    const head = heads.get(chatId);
    if (!head) continue;
    const { revision: from, epoch } = head;
    const changes = { chatId, from, revision: from + messages.length, chat: null, members: [], messages };
    frames.push({ chatId, epoch, changes });
  }
  return frames;
}
