import type { CallWay } from '@dialog/shared/calls.values';
import type { Chat } from '@dialog/shared/chats';
import type { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import type { Call } from './calls.repository.ts';

/** What whoever starts a call asks for. */
export interface StartWish {
  readonly chatId: ChatId;
  readonly id: CallId;
  /** What the device can do; nothing: the media server alone. */
  readonly ways?: readonly CallWay[] | undefined;
  readonly isVideo: boolean;
  /** What goes through the media server is sealed from end to end. */
  readonly isSealed?: boolean | undefined;
  /** Nothing: everyone in the chat. */
  readonly rings?: readonly UserId[] | undefined;
}

/** A call that begins, as everyone in its chat reads of it. */
export function asTold({ id, startedBy, startedAt, way }: Call, isSealed = false): NonNullable<Chat['call']> {
  return { id, startedBy, startedAt: startedAt.toISOString(), way, ...(isSealed ? { isSealed } : {}) };
}
