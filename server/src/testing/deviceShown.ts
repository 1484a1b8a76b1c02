import type { Chat, ChatSummary, Member } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { HISTORY_PAGE, type Message, type MessageMark } from '@dialog/shared/messages';

/** What a device holds of a chat that is open on it. */
export interface History {
  revision: number;
  chat: Chat;
  readonly members: Map<UserId, Member>;
  readonly messages: Map<string, Message>;
  /** Threads on screen: by the position of the root, replies by id. */
  readonly threads: Map<number, Map<string, Message>>;
  /** By position. */
  readonly marks: Map<number, MessageMark>;
  /** The person's revision that the marks are complete up to. */
  marksRevision: number;
}

/** What of it is on screen. */
export function shownOf(
  chatId: ChatId,
  { revision, chat, members, messages, marks, threads }: History,
  cleared: number,
) {
  const present = [...members.values()].filter((member) => member.role !== null);
  // One who starts now sees no further back.
  const shown = [...messages.values()]
    .filter(({ position }) => position > cleared)
    .toSorted((a, b) => a.position - b.position)
    .slice(-HISTORY_PAGE);
  // Of what was taken back nothing is left but whether it is hidden.
  const standing = new Set(shown.flatMap(({ content, position }) => (content.kind === 'deleted' ? [] : [position])));
  return {
    chatId,
    revision,
    chat,
    members: present.toSorted((a, b) => (a.user.id < b.user.id ? -1 : 1)),
    messages: shown,
    // With its root a thread is gone.
    threads: [...threads]
      .filter(([root]) => root > cleared)
      .map(([root, replies]) => [root, [...replies.values()].toSorted((a, b) => a.position - b.position)] as const)
      .toSorted(([a], [b]) => a - b),
    marks: [...marks.values()]
      .filter(({ position }) => standing.has(position))
      .toSorted((a, b) => a.position - b.position),
  };
}

/** Nothing that was cleared is shown. */
export function standingOf(message: Message | null, cleared: number): Message | null {
  return message && message.position > cleared ? message : null;
}

export function sorted(summaries: ReadonlyMap<ChatId, ChatSummary>): ChatSummary[] {
  return [...summaries.values()].toSorted((a, b) => (a.chat.id < b.chat.id ? -1 : 1));
}

export function byChatId(a: { chatId: ChatId }, b: { chatId: ChatId }): number {
  return a.chatId < b.chatId ? -1 : 1;
}
