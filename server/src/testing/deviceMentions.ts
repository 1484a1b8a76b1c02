import type { ChatChanges, ChatSummary } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { mentionsIn } from '@dialog/shared/mentions';
import type { Message } from '@dialog/shared/messages';

/** As the web does it: those known that still call, and those new; an edit calls nobody anew. */
export function threadMentionsAfter(
  { threadMentions, revision }: ChatSummary,
  { messages }: ChatChanges,
  me: UserId,
): ChatSummary['threadMentions'] {
  const calls = ({ senderId, content }: Message): boolean =>
    senderId !== me && content.kind === 'text' && mentionsIn(content.text).userIds.includes(me);
  const changed = new Map(messages.map((message) => [message.position, message]));
  const kept = threadMentions.filter(({ position }) => {
    const message = changed.get(position);
    return !message || calls(message);
  });
  const called = messages.flatMap((message) => {
    const { thread, position } = message;
    return thread !== undefined && position > revision && calls(message) ? [{ thread, position }] : [];
  });
  return [...kept, ...called].toSorted((a, b) => a.position - b.position);
}

/** As the web does it: those known, those new, less those edited or taken back. */
export function mentionsAfter(
  { mentions, readPosition }: ChatSummary,
  { messages }: ChatChanges,
  me: UserId,
): number[] {
  const changed = new Set(messages.map(({ position }) => position));
  const called = messages.filter(
    ({ position, senderId, content, thread }) =>
      thread === undefined &&
      position > readPosition &&
      senderId !== me &&
      content.kind === 'text' &&
      mentionsIn(content.text).userIds.includes(me),
  );
  return [...mentions.filter((position) => !changed.has(position)), ...called.map(({ position }) => position)].toSorted(
    (a, b) => a - b,
  );
}
