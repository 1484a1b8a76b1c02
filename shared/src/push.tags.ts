import type { CallId, ChatId, UserId } from './contract/values.ts';
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

export function friendTag(userId: UserId): string {
  return `friend:${userId}`;
}

type Envelope = 'token' | 'language' | 'isQuiet' | 'at';
type Enclosed<P> = P extends PushPayload ? Omit<P, Envelope> : never;

export function pushTagOf(push: Enclosed<PushPayload>): string {
  if ('tag' in push) return push.tag;
  if ('callId' in push) return callTag(push.callId);
  if ('userId' in push) return friendTag(push.userId);
  if (!('chatId' in push)) return push.kind;
  return push.kind === 'reaction' ? `reaction:${push.chatId}:${push.position}` : chatTag(push.chatId, push.thread);
}
