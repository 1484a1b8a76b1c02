import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { PINS_MAX } from '@dialog/shared/messages.acts';
import type { MessageMark, TextContent } from '@dialog/shared/messages';
import { REACTIONS_MAX } from '@dialog/shared/messages.values';
import { BARS } from '../platform/mysql/memberBars.ts';
import type { ChatChange } from '../chats/chats.change.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Tx } from '../platform/database.ts';
import type { MessageActsRepository } from './messages.acts.repository.ts';
import { DELETED, openContent, sealContent, type SealedContent } from './messages.content.ts';
import { unmarked, type TakenBack } from './messages.marks.ts';
import type { MarkRepository } from './messages.marks.repository.ts';
import type { mentionRepository } from './messages.mentions.ts';
import type { MessagePreviews } from './messages.previews.ts';
import type { MessageRepository } from './messages.repository.ts';
import { withheldRepository } from './messages.withheld.ts';
import { seenBy, seenByAll, withheldFrom } from './messages.seen.ts';
import { toMessage, UNTOUCHED, type StoredMessage } from './messages.stored.ts';

export interface MessageAct {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly actorId: UserId;
}

export interface Reacted {
  readonly chatId: ChatId;
  readonly position: number;
  readonly senderId: UserId;
  readonly actorId: UserId;
  readonly emoji: string;
}

export interface MessageActsDeps {
  readonly chats: Pick<ChatService, 'changeChat'>;
  readonly messages: Pick<MessageRepository, 'withIds'>;
  readonly repository: MessageActsRepository;
  readonly marks: Pick<MarkRepository, 'at' | 'removeOf'>;
  /** What it held beside its words goes, in the same transaction. */
  readonly contentRemoved: (tx: Tx, message: StoredMessage) => Promise<void>;
  /** @throws emoji-not-found unless everyone has it, or this group has made it. */
  readonly requireReaction: (change: ChatChange, emoji: string) => Promise<void>;
  readonly mentions: Pick<typeof mentionRepository, 'replace' | 'removeOf'>;
  /** In the same transaction: what is said in these threads is less now. */
  readonly repliesRemoved: (change: ChatChange, roots: ReadonlySet<number>) => Promise<void>;
  readonly previews: Pick<MessagePreviews, 'edited' | 'forget'>;
  /** In the same transaction: somebody reacted to what somebody else wrote. */
  readonly reacted: (tx: Tx, reaction: Reacted) => Promise<void>;
  /** In the same transaction: what was told of these elsewhere is to go. */
  readonly takenBack: (tx: Tx, what: TakenBack) => Promise<void>;
  readonly now: () => Date;
}

export type MessageActs = ReturnType<typeof createMessageActs>;

/**
 * What people do to messages that stand, each under the chat's lock: the message takes the chat's next revision (R1),
 * keeps its place, and is told whole (R3). Taken back for everyone it leaves a tombstone without content (R2).
 */
export function createMessageActs({
  chats,
  messages,
  repository,
  marks,
  contentRemoved,
  requireReaction,
  mentions,
  repliesRemoved,
  previews,
  reacted,
  takenBack,
  now,
}: MessageActsDeps) {
  /** Puts one more state of a stored message in place, and tells it. What a blocked person makes of one is so to them alone. */
  async function save(change: ChatChange, changed: StoredMessage, before?: StoredMessage): Promise<void> {
    const isWithheld = (change.actorBars & BARS.withheld) > 0;
    const seen = !isWithheld ? seenByAll(changed) : before ? withheldFrom(before, changed, change.actorId) : changed;
    const message = { ...seen, revision: change.nextRevision() };
    await repository.save(change.tx, message);
    change.messageChanged(toMessage(message, change.key));
  }

  async function removeEach(
    change: ChatChange,
    stored: readonly StoredMessage[],
    tombstone: SealedContent = DELETED,
  ): Promise<void> {
    const positions = stored.map(({ position }) => position);
    await repository.removeWhatHangsOn(change.tx, change.chatId, positions);
    await marks.removeOf(change.tx, change.chatId, positions);
    await mentions.removeOf(change.tx, change.chatId, positions);
    await previews.forget(change, stored);
    for (const message of stored) {
      // oxlint-disable-next-line no-await-in-loop -- as below
      if (message.kind === 'rich') await contentRemoved(change.tx, message);
      // oxlint-disable-next-line no-await-in-loop -- one connection, and revisions in the order of the messages
      await save(change, { ...message, ...tombstone, ...UNTOUCHED, replyTo: null });
    }
    const roots = stored.flatMap(({ thread }) => thread ?? []);
    if (roots.length > 0) await repliesRemoved(change, new Set(roots));
    await takenBack(change.tx, { chatId: change.chatId, positions });
  }

  /** The act of one person on one message that stands. Whom one has blocked one says nothing to, in this way either. */
  async function actOn(
    { chatId, messageId, actorId }: MessageAct,
    work: (change: ChatChange, message: StoredMessage) => Promise<void>,
  ) {
    return chats.changeChat({ chatId, actorId }, async (change) => {
      if ((change.actorBars & BARS.blocks) > 0) throw new AppError('blocked-by-you');
      const [message] = await standing(change.tx, { chatId, cleared: change.actorCleared }, [messageId]);
      if (!message) throw new AppError('message-not-found');
      await work(change, message);
    });
  }

  /** Those of these messages that stand in this chat to somebody who has cleared it so far. */
  async function standing(
    tx: Tx,
    { chatId, cleared }: { chatId: ChatId; cleared: number },
    ids: readonly MessageId[],
  ): Promise<StoredMessage[]> {
    const found = await messages.withIds(tx, ids);
    return found.filter(
      (message) => message.chatId === chatId && message.kind !== 'deleted' && message.position > cleared,
    );
  }

  return {
    standing,
    actOn,
    save,
    removeEach,

    async edit(act: MessageAct, text: string): Promise<ChatChanges> {
      const { changes } = await actOn(act, async (change, message) => {
        const content = requireOwnText(change, message);
        if (content.text === text) return;
        await repository.addVersion(change.tx, message, {
          kind: message.kind,
          body: message.body,
          revision: message.revision,
          writtenAt: message.editedAt ?? message.postedAt,
        });
        const sealed = sealContent(change.key, { ...content, text }, message);
        const preview = await previews.edited(change, message, text);
        await mentions.replace(change.tx, { ...message, text, memberCount: change.chat().memberCount });
        await save(change, { ...message, ...sealed, ...preview, editedAt: now() });
        if ((change.actorBars & BARS.withheld) === 0) return;
        await withheldRepository.hide(change.tx, message);
        await takenBack(change.tx, { chatId: act.chatId, positions: [message.position] });
      });
      return changes;
    },

    /** All of them or none. Those that are gone already are passed over. */
    async remove(act: { chatId: ChatId; actorId: UserId }, ids: readonly MessageId[]): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        const found = (await messages.withIds(change.tx, ids)).filter(
          ({ chatId, position }) => chatId === act.chatId && position > change.actorCleared,
        );
        if (found.length < new Set(ids).size) throw new AppError('message-not-found');
        for (const message of found) requireMayRemove(change, message);
        const left = found.filter(({ kind }) => kind !== 'deleted').toSorted((a, b) => a.position - b.position);
        if ((change.actorBars & BARS.withheld) > 0)
          // oxlint-disable-next-line no-await-in-loop -- one connection; to the other it goes without a trace
          for (const message of left) await withheldRepository.hide(change.tx, message);
        if (left.length > 0) await removeEach(change, left);
      });
      return changes;
    },

    async react(
      act: MessageAct,
      { emoji, isOn }: { emoji: string; isOn: boolean },
    ): Promise<{ changes: ChatChanges; mark: MessageMark }> {
      let position = 0;
      const { changes, marks: made } = await actOn(act, async (change, message) => {
        ({ position } = message);
        if (isOn) await requireReaction(change, emoji);
        const by = { userId: act.actorId, emoji, at: now() };
        const hasChanged = isOn
          ? await repository.addReaction(change.tx, message, by)
          : await repository.removeReaction(change.tx, message, by);
        await change.holdMarks();
        const [known] = await marks.at(change.tx, { userId: act.actorId, chatId: act.chatId }, [position]);
        const mark = known ?? unmarked(position);
        const others = mark.reactions.filter((one) => one !== emoji);
        change.mark({ ...mark, reactions: isOn ? [...others, emoji] : others });
        if (!hasChanged) return;
        const counts = await repository.countReactions(change.tx, message);
        if (counts.length > REACTIONS_MAX) throw new AppError('too-many-reactions');
        const reactions = counts.length === 0 ? null : JSON.stringify(counts);
        await save(change, { ...message, reactions }, message);
        if (isOn && isHeardBySender(change, message))
          await reacted(change.tx, { ...message, actorId: act.actorId, emoji });
      });
      const mark = made.find((one) => one.position === position);
      if (!mark) throw new Error('a reaction leaves a mark');
      return { changes, mark };
    },

    async pin(act: MessageAct, isOn: boolean): Promise<ChatChanges> {
      const { changes } = await actOn(act, async (change, message) => {
        const isManaged = change.chat().kind === 'group';
        if (isManaged && change.actorRole === 'member') throw new AppError('not-allowed', 'needs another role');
        if (seenBy(message, act.actorId).isPinned === isOn) return;
        if (isOn && (await repository.countPins(change.tx, act.chatId)) >= PINS_MAX)
          throw new AppError('too-many-pins');
        await save(change, { ...message, isPinned: isOn }, message);
        // To the other it may stand among what is pinned: what each sees there, its own look decides.
        if (!isOn) return (change.actorBars & BARS.withheld) > 0 ? undefined : repository.unpin(change.tx, message);
        await repository.pin(change.tx, message, change.chat().revision);
        await change.note({ what: 'messagePinned', position: message.position });
      });
      return changes;
    },
  };
}

function isHeardBySender({ actorId, actorBars }: ChatChange, { senderId }: StoredMessage): boolean {
  return senderId !== actorId && (actorBars & BARS.withheld) === 0;
}

/** @throws not-allowed unless these are words that the one who acts wrote first. */
function requireOwnText(change: ChatChange, message: StoredMessage): TextContent {
  const content = openContent(change.key, message);
  if (message.senderId !== change.actorId || content.kind !== 'text' || content.forwardedFrom !== undefined)
    throw new AppError('not-allowed', 'not their own words');
  return content;
}

function requireMayRemove(change: ChatChange, { senderId, kind }: StoredMessage): void {
  const isOwn = senderId === change.actorId && kind !== 'system';
  const isManager = change.chat().kind === 'group' && change.actorRole !== 'member';
  if (!isOwn && !isManager) throw new AppError('not-allowed', 'neither their own nor theirs to manage');
}
