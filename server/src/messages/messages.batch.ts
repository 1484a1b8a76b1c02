import type { ChatChanges } from '@dialog/shared/chats';
import type { AttachmentId, ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { Message, PollContent, TextContent } from '@dialog/shared/messages';
import type { AttachmentService } from '../attachments/attachments.service.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { WriteTx } from '../platform/database.ts';
import { claimAttachments, type Claims } from './messages.attaching.ts';
import { sealContent, type SealedContent } from './messages.content.ts';
import { expireAtCommit } from './messages.expiry.repository.ts';
import { isPaced, refusalOf } from './messages.pacing.ts';
import type { LockedHead, LockedSender, PostingRepository, Sender } from './messages.posting.repository.ts';
import type { MessageRepository } from './messages.repository.ts';
import { toMessage, UNTOUCHED, type StoredMessage } from './messages.stored.ts';

export interface Draft {
  readonly senderId: UserId;
  readonly chatId: ChatId;
  readonly id: MessageId;
  readonly content: TextContent | PollContent;
  /** The position of the message that this one answers. */
  readonly replyTo: number | null;
  readonly attachmentIds?: readonly AttachmentId[];
  readonly isSilent?: true;
  /** Its files are held for it. */
  readonly isScheduled?: true;
}

/** A draft with the key of its chat. */
export interface KeyedDraft extends Draft {
  readonly key: SealingKey;
}

interface SealedDraft extends KeyedDraft {
  readonly sealed: SealedContent;
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

/** A new message, in a chat of so many. */
export interface Posted {
  readonly message: Message;
  readonly memberCount: number;
}

export interface BatchDeps {
  readonly keys: Pick<ChatKeys, 'numbered'>;
  readonly messages: Pick<MessageRepository, 'insertAtCommit' | 'withIds'>;
  readonly posting: PostingRepository;
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
  const sealed = await sealedRight(deps, tx, { drafts: early, heads });
  const ids = batch.drafts.map(({ id }) => id);
  const withFiles = sealed.filter(({ attachmentIds }) => attachmentIds !== undefined);
  const isLookedUp = batch.hasRepeats || withFiles.length > 0 || isAnyoneRestricted(batch.drafts, heads);
  const earlier = isLookedUp ? await deps.messages.withIds(tx, ids) : [];
  const known = new Map(earlier.map((message) => [message.id, message]));
  const claims = await claimAttachments(
    deps.attachments,
    tx,
    withFiles.filter(({ id, chatId, senderId }) => !known.has(id) && heads.get(chatId)?.senders.has(senderId)),
  );
  const drafts = sealed.map((draft) => withAttachments(draft, claims));
  const placed = place({ drafts, postedAt: batch.postedAt }, heads, known);
  store(deps, tx, placed);
  return { outcomes: placed.outcomes, frames: framesOf(placed, heads) };
}

function sealedDraft(draft: KeyedDraft): SealedDraft {
  return { ...draft, sealed: sealContent(draft.key, draft.content, draft) };
}

/** Under the lock it is certain which key a chat has: what was sealed with one that was destroyed is sealed again. */
async function sealedRight(
  { keys }: BatchDeps,
  tx: WriteTx,
  { drafts, heads }: { readonly drafts: readonly SealedDraft[]; readonly heads: ReadonlyMap<ChatId, LockedHead> },
): Promise<readonly SealedDraft[]> {
  const locked = [...heads].map(([id, { keyNumber }]) => ({ id, keyNumber }));
  const right = await keys.numbered(tx, locked);
  return drafts.map((draft) => {
    const key = right.get(draft.chatId) ?? draft.key;
    return key === draft.key ? draft : sealedDraft({ ...draft, key });
  });
}

/** Who is told to wait may have posted this very message before: that is what they must be answered then. */
function isAnyoneRestricted(drafts: readonly KeyedDraft[], heads: ReadonlyMap<ChatId, LockedHead>): boolean {
  return drafts.some(({ chatId, senderId }) => {
    const head = heads.get(chatId);
    return (
      head !== undefined &&
      (head.isAnnouncementOnly || head.slowModeSeconds > 0) &&
      head.senders.get(senderId)?.role === 'member'
    );
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

function place(
  { drafts, postedAt }: { readonly drafts: readonly (SealedDraft | AppError)[]; readonly postedAt: Date },
  heads: ReadonlyMap<ChatId, LockedHead>,
  earlier: ReadonlyMap<MessageId, StoredMessage>,
): Placed {
  const placed: Placed = {
    postedAt,
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
  if (isPaced(head, sender)) placed.paced.set(seat, { chatId: draft.chatId, userId: draft.senderId });
  return { message: append(placed, appended) };
}

function append(placed: Placed, { draft, head, postedAt, postedAtText }: Appended): Message {
  const { id, chatId, senderId, sealed, content } = draft;
  const inChat = placed.perChat.get(chatId) ?? [];
  placed.perChat.set(chatId, inChat);
  const position = head.revision + inChat.length + 1;
  // What is not there yet cannot be answered.
  const replyTo = draft.replyTo !== null && draft.replyTo < position ? draft.replyTo : null;
  const revision = position;
  const expiresAt = head.lifetimeSeconds === null ? null : new Date(postedAt.getTime() + head.lifetimeSeconds * 1_000);
  const further = { ...UNTOUCHED, expiresAt, isSilent: draft.isSilent ?? false };
  placed.stored.push({ chatId, position, id, senderId, ...sealed, postedAt, revision, replyTo, ...further });
  if (draft.attachmentIds) placed.attached.push({ ids: draft.attachmentIds, position, postedAt });
  // The words are at hand; nothing is opened again for those who hear of it.
  const message: Message = {
    id,
    chatId,
    senderId,
    content,
    postedAt: postedAtText,
    position,
    revision,
    ...(replyTo === null ? {} : { replyTo }),
    ...(draft.isSilent ? { isSilent: true } : {}),
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }),
  };
  inChat.push(message);
  placed.posted.push({ message, memberCount: head.memberCount });
  return message;
}

function sameOrRefused(earlier: StoredMessage, draft: SealedDraft): Outcome {
  const isSame = earlier.senderId === draft.senderId && earlier.chatId === draft.chatId;
  return isSame ? { message: toMessage(earlier, draft.key) } : refused('id-taken');
}

function refused(code: 'chat-not-found' | 'id-taken'): Outcome {
  return { refusal: new AppError(code) };
}

function store(deps: BatchDeps, tx: WriteTx, { stored, attached, paced, posted, postedAt }: Placed): void {
  const { messages, posting, attachments, followAtCommit } = deps;
  if (stored.length === 0) return;
  messages.insertAtCommit(tx, stored);
  const revisions = new Map<ChatId, number>();
  for (const { chatId, position } of stored) revisions.set(chatId, position);
  posting.raiseAtCommit(tx, revisions);
  expireAtCommit(tx, stored);
  for (const sender of paced.values()) posting.notePostedAtCommit(tx, sender, postedAt);
  for (const { ids, ...message } of attached) attachments.attachAtCommit(tx, ids, message);
  followAtCommit(tx, posted);
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
