import type { ChatChanges } from '@dialog/shared/chats';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { type pollRoutes, VOTERS_PAGE } from '@dialog/shared/messages.polls';
import type { Message, MessageMark, PollContent } from '@dialog/shared/messages';
import type { PollTally } from '@dialog/shared/messages.values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import type { MessageAct, MessageActs } from './messages.acts.ts';
import { openContent } from './messages.content.ts';
import { unmarked } from './messages.marks.ts';
import type { MarkRepository } from './messages.marks.repository.ts';
import type { PollRepository } from './messages.polls.repository.ts';
import type { MessageRepository } from './messages.repository.ts';
import { type Hanging, knownOf } from './messages.seen.ts';
import type { StoredMessage } from './messages.stored.ts';
import type { MessageWriter } from './messages.writer.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
  readonly acts: Pick<MessageActs, 'actOn' | 'save'>;
  readonly messages: Pick<MessageRepository, 'withIds'>;
  readonly marks: Pick<MarkRepository, 'at'>;
  readonly repository: PollRepository;
  readonly writer: MessageWriter;
  readonly now: () => Date;
}

type Question = Omit<PollContent, 'kind' | 'closesAt'> & {
  readonly id: MessageId;
  readonly closesAt?: string | undefined;
};
type Voters = RouteReply<typeof pollRoutes.listVoters>;

export type Polls = ReturnType<typeof createPolls>;

/**
 * Messages that ask. What was voted is a table; how it stands travels with the message, told whole at its next revision
 * (R3); which votes are one's own is in one's mark. Whether a poll is open is asked when somebody votes.
 */
export function createPolls({ db, chats, keys, acts, messages, marks, repository, writer, now }: Deps) {
  function isClosed({ poll }: StoredMessage, { closesAt }: PollContent): boolean {
    return tallyOf(poll)?.closedAt !== undefined || (closesAt !== undefined && new Date(closesAt) <= now());
  }

  return {
    post(place: { senderId: UserId; chatId: ChatId }, { id, closesAt, ...asked }: Question): Promise<Message> {
      const content = { kind: 'poll' as const, ...asked, ...(closesAt === undefined ? {} : { closesAt }) };
      return writer.post({ ...place, id, content, replyTo: null });
    },

    async vote(act: MessageAct, options: readonly number[]): Promise<{ changes: ChatChanges; mark: MessageMark }> {
      const votes = [...new Set(options)].toSorted((a, b) => a - b);
      let position = 0;
      const { changes, marks: made } = await acts.actOn(act, async (change, message) => {
        ({ position } = message);
        const poll = requirePoll(change.key, message);
        if (isClosed(message, poll)) throw new AppError('poll-closed');
        const isTooMany = !poll.isMultiple && votes.length > 1;
        if (isTooMany || votes.some((one) => one >= poll.options.length)) throw new AppError('invalid-request');
        await change.holdMarks();
        const [known] = await marks.at(change.tx, { userId: act.actorId, chatId: act.chatId }, [position]);
        const mark = known ?? unmarked(position);
        change.mark({ ...mark, votes });
        if (JSON.stringify(mark.votes ?? []) === JSON.stringify(votes)) return;
        await repository.putVotes(change.tx, message, { userId: act.actorId, options: votes });
        const tally = await repository.tally(change.tx, message, poll.options.length);
        await acts.save(change, { ...message, poll: JSON.stringify(tally) }, message);
      });
      const mark = made.find((one) => one.position === position);
      if (!mark) throw new Error('a vote leaves a mark');
      return { changes, mark };
    },

    async listVoters(
      { chatId, messageId, actorId }: MessageAct,
      { option, after }: { option: number; after: UserId | null },
    ): Promise<Voters> {
      const cleared = await chats.clearedFor(db, actorId, chatId);
      const [message] = await messages.withIds(db, [messageId]);
      if (message?.chatId !== chatId || message.position <= cleared) throw new AppError('message-not-found');
      const poll = requirePoll((await keys.stored(db, [chatId])).get(chatId), message);
      if (poll.isAnonymous) throw new AppError('not-allowed', 'an anonymous poll');
      const people = await repository.voters(db, message, { option, after, limit: VOTERS_PAGE + 1 });
      const page = people.slice(0, VOTERS_PAGE);
      const countOf = (seen: Hanging) => seen.poll?.counts[option] ?? 0;
      return { people: knownOf(page, { message, viewer: actorId, countOf }), hasMore: people.length > page.length };
    },

    async close(act: MessageAct): Promise<ChatChanges> {
      const { changes } = await acts.actOn(act, async (change, message) => {
        const poll = requirePoll(change.key, message);
        const isManager = change.chat().kind === 'group' && change.actorRole !== 'member';
        if (message.senderId !== act.actorId && !isManager)
          throw new AppError('not-allowed', 'neither their own nor theirs to manage');
        if (isClosed(message, poll)) return;
        const tally = tallyOf(message.poll) ?? { counts: poll.options.map(() => 0), voters: 0 };
        const closed = JSON.stringify({ ...tally, closedAt: now().toISOString() });
        await acts.save(change, { ...message, poll: closed }, message);
      });
      return changes;
    },
  };
}

function requirePoll(key: SealingKey | undefined, message: StoredMessage): PollContent {
  const content = openContent(key, message);
  if (content.kind !== 'poll') throw new AppError('message-not-found', 'no poll');
  return content;
}

function tallyOf(poll: string | null): PollTally | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very code
  return poll === null ? null : (JSON.parse(poll) as PollTally);
}
