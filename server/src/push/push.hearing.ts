import type { UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX, mentionsIn } from '@dialog/shared/mentions';
import type { Message } from '@dialog/shared/messages';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { Tx } from '../platform/database.ts';
import type { Heard } from './push.rules.ts';

/** Whether two people have nothing to do with each other. */
export type IsBlocked = (one: UserId, other: UserId) => boolean;
export type BlockedAmong = (tx: Tx, readers: readonly UserId[], senders: readonly UserId[]) => Promise<IsBlocked>;

interface Deps {
  readonly messages: Pick<MessageReading, 'sendersAt'>;
  readonly blockedAmong: BlockedAmong;
}

interface Reader {
  readonly userId: UserId;
  readonly memberCount: number;
}

/** What each of these messages is to each of these people. */
export type Hearing = (
  tx: Tx,
  messages: readonly Message[],
  userIds: readonly UserId[],
) => Promise<(message: Message, reader: Reader) => Heard>;

export function createHearing({ messages: reading, blockedAmong }: Deps): Hearing {
  return async (tx, messages, userIds) => {
    const answered = messages.flatMap(({ chatId, replyTo }) =>
      replyTo === undefined ? [] : [{ chatId, position: replyTo }],
    );
    const senders = new Map(
      (await reading.sendersAt(tx, answered)).map(({ chatId, position, senderId }) => [
        `${chatId} ${position}`,
        senderId,
      ]),
    );
    const called = new Map(messages.map((message) => [message, calledBy(message)]));
    const isBlocked = await blockedAmong(tx, userIds, [...new Set(messages.map(({ senderId }) => senderId))]);
    return (message, { userId, memberCount }) => {
      const { chatId, senderId, replyTo, thread } = message;
      const { userIds: names, isEveryone } = called.get(message) ?? calledBy(message);
      const isWithAll = isEveryone && thread === undefined && memberCount <= EVERYONE_MEMBERS_MAX;
      return {
        isOwn: senderId === userId,
        isCalled: isWithAll || names.includes(userId),
        isAnswer: replyTo !== undefined && senders.get(`${chatId} ${replyTo}`) === userId,
        isBlocked: isBlocked(userId, senderId),
      };
    };
  };
}

function calledBy({ content }: Message): ReturnType<typeof mentionsIn> {
  return content.kind === 'text' ? mentionsIn(content.text) : { userIds: [], isEveryone: false };
}
