import type { ChatChanges } from '@dialog/shared/chats';
import type { AttachmentId, ChatId, MessageId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { AttachmentService } from '../attachments/attachments.service.ts';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import { AppError } from '../platform/appError.ts';
import type { WriteTx } from '../platform/database.ts';
import { claimAttachments, type Claims } from './messages.attaching.ts';
import { type KeyedDraft, type SealedDraft, sealedDraft, sealedRight } from './messages.drafts.ts';
import { sealContent } from './messages.content.ts';
import { expireAtCommit } from './messages.expiry.repository.ts';
import { isPaced, refusalOf } from './messages.pacing.ts';
import type { LockedHead, LockedSender, PostingRepository, Raised, Sender } from './messages.posting.repository.ts';
import type { MessageRepository } from './messages.repository.ts';
import { toMessage, UNTHREADED, UNTOUCHED, type StoredMessage } from './messages.stored.ts';
import { type BatchThreads, createBatchThreads } from './messages.threads.batch.ts';
import type { ThreadRepository } from './messages.threads.repository.ts';

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

/** A new message, in a chat of so many. */
export interface Posted {
  readonly message: Message;
  readonly memberCount: number;
  /** The message in whose thread it stands, as it was before. */
  readonly root: StoredMessage | null;
  /** The other person of the direct chat has blocked its sender: to them there is no such message. */
  readonly isWithheld: boolean;
}

export interface BatchDeps {
  readonly keys: Pick<ChatKeys, 'numbered'>;
  readonly messages: Pick<MessageRepository, 'insertAtCommit' | 'withIds'>;
  readonly posting: PostingRepository;
  readonly threads: Pick<ThreadRepository, 'rootsOf' | 'saveRepliesAtCommit'>;
  readonly attachments: Pick<AttachmentService, 'claim' | 'attachAtCommit'>;
  /** In the same transaction: what is to follow from these messages (R8). */
  readonly followAtCommit: (tx: WriteTx, posted: readonly Posted[]) => void;
}

interface Batch {
  readonly drafts: readonly KeyedDraft[];
  readonly postedAt: Date;
  /** Whether some of these ids may be messages already. */
  readonly hasRepeats: boolean;
}

/**
 * One transaction's worth of drafts: whose chat and right are looked up under lock (R1, R11), placed one after another,
 * and stored in one round trip with the COMMIT. Almost every draft is new, so ids that were posted before are looked up
 * only once the database has refused them (`hasRepeats`), and answer the message that stands (R6). A draft that is
 * refused leaves no hole and does not touch the others.
 *
 * The transaction fails with ER_DUP_ENTRY when one of the ids is a message already and was not looked up.
 */
export async function writeBatch(deps: BatchDeps, tx: WriteTx, batch: Batch): Promise<BatchResult> {
  const locking = deps.posting.lock(
    tx,
    batch.drafts.map(({ chatId, senderId }) => ({ chatId, userId: senderId })),
  );
  // While the database looks.
  const early = batch.drafts.map(sealedDraft);
  const heads = await locking;
  const sealed = await sealedRight(deps.keys, tx, { drafts: early, heads });
  const ids = batch.drafts.map(({ id }) => id);
  const withFiles = sealed.filter(({ attachmentIds }) => attachmentIds !== undefined);
  // Held with their chats.
  const roots = await deps.threads.rootsOf(tx, sealed);
  const isLookedUp = batch.hasRepeats || withFiles.length > 0 || isAnyoneRestricted(batch.drafts, heads);
  const earlier = isLookedUp ? await deps.messages.withIds(tx, ids) : [];
  const known = new Map(earlier.map((message) => [message.id, message]));
  const claims = await claimAttachments(
    deps.attachments,
    tx,
    withFiles.filter(({ id, chatId, senderId }) => !known.has(id) && heads.get(chatId)?.senders.has(senderId)),
  );
  const drafts = sealed.map((draft) => withAttachments(draft, claims));
  const threads = createBatchThreads(roots, batch.drafts);
  const placed = place({ drafts, postedAt: batch.postedAt, threads }, heads, known);
  store(deps, tx, placed);
  return { outcomes: placed.outcomes, frames: framesOf(placed, heads) };
}

/** Who is refused may have posted this very message before: that is what they must be answered then. */
function isAnyoneRestricted(drafts: readonly KeyedDraft[], heads: ReadonlyMap<ChatId, LockedHead>): boolean {
  return drafts.some(({ chatId, senderId, thread }) => {
    if (thread !== undefined) return true;
    const head = heads.get(chatId);
    const sender = head?.senders.get(senderId);
    if (!head || !sender) return false;
    return sender.bars > 0 || ((head.isAnnouncementOnly || head.slowModeSeconds > 0) && sender.role === 'member');
  });
}

/** What it says is known only now. */
function withAttachments(draft: SealedDraft, claims: Claims): SealedDraft | AppError {
  const claimed = claims.get(draft.id);
  if (!claimed || claimed instanceof AppError) return claimed ?? draft;
  if (draft.content.kind !== 'text') return draft;
  const content = { ...draft.content, attachments: [...claimed] };
  return { ...draft, content, sealed: sealContent(draft.key, content, draft) };
}

interface Placed {
  readonly postedAt: Date;
  readonly threads: BatchThreads;
  /** Messages whose threads grew. */
  readonly answered: StoredMessage[];
  /** The newest revision of each chat, and its newest message that is in no thread. */
  readonly raised: Map<ChatId, Raised>;
  readonly outcomes: Outcome[];
  readonly stored: StoredMessage[];
  readonly attached: { readonly ids: readonly AttachmentId[]; readonly position: number; readonly postedAt: Date }[];
  /** Who must wait now until they post again. */
  readonly paced: Map<string, Sender>;
  /** The new messages of each chat, as they travel. */
  readonly perChat: Map<ChatId, Message[]>;
  /** The same, with what follows from them needs of their chats. */
  readonly posted: Posted[];
}

interface Drafts extends Pick<Placed, 'postedAt' | 'threads'> {
  readonly drafts: readonly (SealedDraft | AppError)[];
}

function place(
  { drafts, postedAt, threads }: Drafts,
  heads: ReadonlyMap<ChatId, LockedHead>,
  earlier: ReadonlyMap<MessageId, StoredMessage>,
): Placed {
  const placed: Placed = {
    postedAt,
    threads,
    answered: [],
    raised: new Map(),
    outcomes: [],
    stored: [],
    attached: [],
    paced: new Map(),
    perChat: new Map(),
    posted: [],
  };
  const postedAtText = postedAt.toISOString();
  for (const draft of drafts) {
    if (draft instanceof AppError) {
      placed.outcomes.push({ refusal: draft });
      continue;
    }
    const head = heads.get(draft.chatId);
    const sender = head?.senders.get(draft.senderId);
    const known = earlier.get(draft.id);
    if (!head || !sender) placed.outcomes.push(refused('chat-not-found'));
    else if (known) placed.outcomes.push(sameOrRefused(known, draft));
    else placed.outcomes.push(appendInTurn(placed, { draft, head, sender, postedAt, postedAtText }));
  }
  for (const { stored, message } of threads.changed((chatId) => nextRevision(placed, chatId, heads.get(chatId)))) {
    placed.answered.push(stored);
    placed.perChat.get(stored.chatId)?.push(message);
  }
  return placed;
}

interface Appended {
  readonly draft: SealedDraft;
  readonly head: LockedHead;
  readonly sender: LockedSender;
  readonly postedAt: Date;
  readonly postedAtText: string;
}

/** Unless its sender may not post here, or not yet: what the batch holds of them already counts. */
function appendInTurn(placed: Placed, appended: Appended): Outcome {
  const { draft, head, sender, postedAt } = appended;
  const seat = `${draft.chatId} ${draft.senderId}`;
  const lastPostedAt = placed.paced.has(seat) ? postedAt : sender.lastPostedAt;
  const refusal = refusalOf(head, { ...sender, lastPostedAt }, postedAt);
  if (refusal) return { refusal };
  const root = placed.threads.rootOf(draft);
  if (root === undefined) return refused('message-not-found');
  if (isPaced(head, sender)) placed.paced.set(seat, { chatId: draft.chatId, userId: draft.senderId });
  return { message: append(placed, appended, root) };
}

function nextRevision({ raised }: Placed, chatId: ChatId, head: LockedHead | undefined): number {
  const known = raised.get(chatId);
  const revision = (known?.revision ?? head?.revision ?? 0) + 1;
  raised.set(chatId, { revision, lastPosition: known?.lastPosition ?? null });
  return revision;
}

function append(placed: Placed, appended: Appended, root: StoredMessage | null): Message {
  const { draft, head, sender, postedAt } = appended;
  const { id, chatId, senderId, sealed } = draft;
  const position = nextRevision(placed, chatId, head);
  const thread = root?.position ?? null;
  // What is not there yet cannot be answered.
  const replyTo = draft.replyTo !== null && draft.replyTo < position ? draft.replyTo : null;
  const expiresAt = head.lifetimeSeconds === null ? null : new Date(postedAt.getTime() + head.lifetimeSeconds * 1_000);
  const further = { ...UNTOUCHED, ...UNTHREADED, thread, expiresAt, isSilent: draft.isSilent ?? false };
  const at = { chatId, position, revision: position, replyTo };
  const stored = { ...at, ...sealed, ...further, id, senderId, postedAt };
  placed.stored.push(stored);
  if (draft.attachmentIds) placed.attached.push({ ids: draft.attachmentIds, position, postedAt });
  const message = messageOf(stored, appended);
  const inChat = placed.perChat.get(chatId) ?? [];
  placed.perChat.set(chatId, inChat);
  inChat.push(message);
  placed.posted.push({ message, memberCount: head.memberCount, root, isWithheld: (sender.bars & BARS.withheld) > 0 });
  if (root) placed.threads.answer(message, root);
  else placed.raised.set(chatId, { revision: position, lastPosition: position });
  return message;
}

/** The words are at hand; nothing is opened again for those who hear of it. */
function messageOf(stored: StoredMessage, { draft, postedAtText }: Appended): Message {
  const { id, chatId, senderId, position, revision, replyTo, thread, isSilent, expiresAt } = stored;
  return {
    ...{ id, chatId, senderId, content: draft.content, postedAt: postedAtText, position, revision },
    ...(replyTo === null ? {} : { replyTo }),
    ...(thread === null ? {} : { thread }),
    ...(isSilent ? { isSilent } : {}),
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }),
  };
}

function sameOrRefused(earlier: StoredMessage, draft: SealedDraft): Outcome {
  const isSame = earlier.senderId === draft.senderId && earlier.chatId === draft.chatId;
  return isSame ? { message: toMessage(earlier, draft.key, draft.senderId) } : refused('id-taken');
}

function refused(code: 'chat-not-found' | 'id-taken' | 'message-not-found'): Outcome {
  return { refusal: new AppError(code) };
}

function store(deps: BatchDeps, tx: WriteTx, placed: Placed): void {
  const { stored, answered, raised, attached, paced, posted, postedAt } = placed;
  const { messages, posting, threads, attachments, followAtCommit } = deps;
  if (stored.length === 0) return;
  messages.insertAtCommit(tx, stored);
  for (const root of answered) threads.saveRepliesAtCommit(tx, root);
  posting.raiseAtCommit(tx, raised);
  expireAtCommit(tx, stored);
  for (const sender of paced.values()) posting.notePostedAtCommit(tx, sender, postedAt);
  for (const { ids, ...message } of attached) attachments.attachAtCommit(tx, ids, message);
  followAtCommit(tx, posted);
}

function framesOf({ perChat, raised }: Placed, heads: ReadonlyMap<ChatId, LockedHead>): Frame[] {
  const frames: Frame[] = [];
  for (const [chatId, messages] of perChat) {
    const head = heads.get(chatId);
    if (!head) continue;
    const { revision: from, epoch } = head;
    const revision = raised.get(chatId)?.revision ?? from;
    const changes = { chatId, from, revision, chat: null, members: [], messages };
    frames.push({ chatId, epoch, changes });
  }
  return frames;
}
