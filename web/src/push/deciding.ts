import type { ChatSummary } from '@dialog/shared/chats';
import type { NotificationLevel } from '@dialog/shared/chats.values';
import type { UserId } from '@dialog/shared/contract/values';
import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import type { Message } from '@dialog/shared/messages';
import { isQuietAt } from '@dialog/shared/quietHours';
import type { NotificationSettings } from '@dialog/shared/settings.values';
import { isMuted } from '../chats/chats.arranging.store.ts';
import type { Happening } from './happenings.ts';

/** A message that has just come. */
export interface Arrival {
  readonly summary: ChatSummary;
  readonly message: Message;
  /** It names the person, or answers what they wrote. */
  readonly isCall: boolean;
  /** It stands in a thread that the person follows. */
  readonly isFollowed: boolean;
}

/** What of the person's own decides. */
export interface Disposition {
  readonly me: UserId;
  readonly settings: NotificationSettings;
  readonly isDoNotDisturb: boolean;
  readonly isBlocked: (userId: UserId) => boolean;
}

/** How a person is told of a message. */
export interface Telling {
  readonly isShown: boolean;
  readonly isHeard: boolean;
}

const NOT_AT_ALL: Telling = { isShown: false, isHeard: false };

interface Moment {
  /** The place of the message is on screen, and the screen is looked at, in whichever tab. */
  readonly isLookedAt: boolean;
  readonly now: number;
}

/** Whether and how a message is told on this device; the server decides alike what it pushes (`server/src/push`). */
export function tellingOf(arrival: Arrival, disposition: Disposition, moment: Moment): Telling {
  const { settings } = disposition;
  if (!concerns(arrival, disposition) || !isWanted(arrival, settings, moment.now)) return NOT_AT_ALL;
  if (disposition.isDoNotDisturb || isQuietAt(settings.quietHours, moment.now) || moment.isLookedAt) return NOT_AT_ALL;
  return { isShown: true, isHeard: arrival.message.isSilent !== true && settings.sound !== 'none' };
}

/** As long as a telephone rings; the server rings alike (`server/src/push/push.calls.ts`). */
const RINGS_FOR_MS = 45_000;

/** The same of what is no message. */
export function happeningTold(happening: Happening, disposition: Disposition, { isLookedAt, now }: Moment): Telling {
  const { settings } = disposition;
  if (disposition.isDoNotDisturb || isQuietAt(settings.quietHours, now) || isLookedAt) return NOT_AT_ALL;
  const isTold =
    happening.kind === 'call'
      ? settings.calls && doesRing(happening, disposition, now)
      : settings.friendRequests && !disposition.isBlocked(happening.user.id);
  return isTold ? { isShown: true, isHeard: settings.sound !== 'none' } : NOT_AT_ALL;
}

/** In a direct chat, and in groups small enough that everybody may be called there. */
function doesRing(
  { summary, call }: Extract<Happening, { kind: 'call' }>,
  { me, settings, isBlocked }: Disposition,
  now: number,
): boolean {
  if (call.startedBy === me || isBlocked(call.startedBy)) return false;
  if (now >= Date.parse(call.startedAt) + RINGS_FOR_MS || summary.chat.memberCount > EVERYONE_MEMBERS_MAX) return false;
  return !isMuted(summary.place, now) && levelIn(summary, settings) !== 'nothing';
}

/** Something that others wrote and that is not read yet. */
function concerns({ summary, message }: Arrival, { me, isBlocked }: Disposition): boolean {
  const { senderId, content, position, thread } = message;
  if (senderId === me || isBlocked(senderId)) return false;
  if (content.kind !== 'text' && content.kind !== 'poll') return false;
  return thread !== undefined || position > summary.readPosition;
}

/** As the person keeps this chat. */
function isWanted({ summary, message, isCall, isFollowed }: Arrival, settings: NotificationSettings, now: number) {
  if (isMuted(summary.place, now)) return false;
  const level = levelIn(summary, settings);
  if (level === 'nothing') return false;
  return isCall || (level === 'all' && (message.thread === undefined || isFollowed));
}

/** The chat's own level, else the one chosen for its kind. */
function levelIn({ chat, place }: ChatSummary, settings: NotificationSettings): NotificationLevel {
  if (place.level !== null) return place.level;
  return chat.kind === 'group' ? settings.groups : settings.direct;
}
