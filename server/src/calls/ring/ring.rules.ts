import type { AskedState, CallRinging } from '@dialog/shared/calls.ring.values';
import type { NotificationLevel } from '@dialog/shared/chats.values';
import type { CallId, ChatId } from '@dialog/shared/contract/values';
import { isUndisturbed, type Settings } from '@dialog/shared/settings.values';
import type { Standing } from '../../people/people.reach.ts';
import type { Asked, AskedNow } from './ring.store.ts';

/** How somebody keeps the chat in which they are called. */
export interface RungPlace {
  readonly isDirect: boolean;
  /** Null: as their settings say. */
  readonly level: NotificationLevel | null;
  readonly mutedUntil: Date | null;
}

/**
 * How somebody is asked into a call. Across a block, and where a caller is not let, it is as if nobody had called; who wants
 * no sound now has missed a call, and no device rings. The server pushes by the same settings (`server/src/push`).
 */
export function howAsked(
  { blocks, isBlocked, isFriend, settings }: Standing,
  place: RungPlace,
  now: Date,
): Asked['how'] {
  if (blocks || isBlocked || !isLet(settings, isFriend)) return 'apart';
  return isUndisturbed(settings, now.getTime()) || !wantsCalls(settings, place, now) ? 'quiet' : 'loud';
}

function wantsCalls({ notifications }: Settings, { isDirect, level, mutedUntil }: RungPlace, now: Date): boolean {
  if (!notifications.calls || (mutedUntil !== null && mutedUntil > now)) return false;
  return (level ?? notifications[isDirect ? 'direct' : 'groups']) !== 'nothing';
}

function isLet({ privacy }: Settings, isFriend: boolean): boolean {
  return privacy.call === 'everyone' || (privacy.call === 'friends' && isFriend);
}

/** What whoever called may know of it. */
export function ringingIn(
  { callId, chatId }: { readonly callId: CallId; readonly chatId: ChatId },
  everyone: readonly AskedNow[],
): CallRinging {
  const asked = everyone.map((one) => ({
    userId: one.userId,
    state: stateOf(one),
    devices: stateOf(one) === 'ringing' ? [...one.devices.values()].filter((isBusy) => !isBusy).length : 0,
    expiresAt: new Date(one.expiresAt).toISOString(),
  }));
  return { callId, chatId, isPossible: true, asked };
}

function stateOf({ state, how, isHidden, isPushedTo, devices }: AskedNow): AskedState {
  if (state === 'ended') return 'missed';
  const away = isPushedTo && how === 'loud' ? 'notified' : 'unreachable';
  // Whoever is not to be seen there does not ring there either, as far as anyone can tell; that they are in the call those
  // know who are in it.
  if (isHidden && state !== 'declined' && state !== 'missed') return away;
  if (state !== 'asked') return state;
  if (devices.size === 0) return away;
  return [...devices.values()].every((isBusy) => isBusy) ? 'busy' : 'ringing';
}
