import type { CallId, ChatId } from './contract/values.ts';
import type { PushPayload } from './push.values.ts';

/**
 * One notification per tag: of a chat, a thread, a call. Apart from the shapes, so that a service worker needs nothing to
 * check them with.
 */
export function chatTag(chatId: ChatId, thread: number | null): string {
  return thread === null ? `chat:${chatId}` : `thread:${chatId}:${thread}`;
}

export function callTag(callId: CallId): string {
  return `call:${callId}`;
}

type Envelope = 'token' | 'language' | 'isQuiet' | 'at';
type Enclosed<P> = P extends PushPayload ? Omit<P, Envelope> : never;

export function pushTagOf(push: Enclosed<PushPayload>): string {
  switch (push.kind) {
    case 'message':
    case 'mention':
    case 'reply':
      return chatTag(push.chatId, push.thread);
    case 'reaction':
      return `reaction:${push.chatId}:${push.position}`;
    case 'friendRequest':
    case 'friendAccepted':
      return `friend:${push.userId}`;
    case 'call':
    case 'missedCall':
      return callTag(push.callId);
    case 'withdraw':
      return push.tag;
    case 'signIn':
    case 'test':
      return push.kind;
    default:
      return push satisfies never;
  }
}
