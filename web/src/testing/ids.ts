import { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';

/** The nth id of a kind: readable in a failed test, and a UUID for the contract. */
function numbered(kind: string, n: number): string {
  return `00000000-0000-7000-${kind}000-${n.toString(16).padStart(12, '0')}`;
}

export const aUserId = (n: number): UserId => UserId.parse(numbered('a', n));
export const aChatId = (n: number): ChatId => ChatId.parse(numbered('b', n));
export const aMessageId = (n: number): MessageId => MessageId.parse(numbered('8', n));
