import type { NotificationLevel } from '@dialog/shared/chats.values';
import { EVERYONE_MEMBERS_MAX } from '@dialog/shared/mentions';
import type { Settings } from '@dialog/shared/settings.values';

/** How somebody keeps one place, a chat or a thread of it. */
export interface Place {
  readonly isDirect: boolean;
  /** Null: as their settings say. */
  readonly level: NotificationLevel | null;
  readonly mutedUntil: Date | null;
  /** Null: the conversation itself. */
  readonly thread: { readonly isFollowing: boolean } | null;
}

/** What a message is to one person. */
export interface Heard {
  readonly isOwn: boolean;
  /** Called by name, or with everybody. */
  readonly isCalled: boolean;
  /** It answers what they said. */
  readonly isAnswer: boolean;
  /** Whoever wrote it and who would hear of it have nothing to do with each other any more. */
  readonly isBlocked: boolean;
}

export type HeardAs = 'message' | 'mention' | 'reply';

/** So much earlier than it came stands what does not go to a crowd: it passes the crowd, which waits no longer than that. */
const HEAD_START_MS = 60_000;

/** The place in the queue of what is told, from now on, to one of so many. */
export function turnOf(memberCount: number, now: Date): Date {
  return memberCount > EVERYONE_MEMBERS_MAX ? now : new Date(now.getTime() - HEAD_START_MS);
}

/** What of a place a person hears at all; for those who are in it. */
export function levelOf(
  place: Pick<Place, 'isDirect' | 'level' | 'mutedUntil'>,
  settings: Settings,
  at: Date,
): NotificationLevel {
  if (place.mutedUntil && place.mutedUntil > at) return 'nothing';
  return place.level ?? settings.notifications[place.isDirect ? 'direct' : 'groups'];
}

/** As what a person is told of a message, or null: not at all. */
export function heardAs(heard: Heard, place: Place, level: NotificationLevel): HeardAs | null {
  if (level === 'nothing' || heard.isOwn || heard.isBlocked) return null;
  if (heard.isCalled) return 'mention';
  if (heard.isAnswer) return 'reply';
  if (level === 'mentions') return null;
  if (place.thread) return place.thread.isFollowing ? 'reply' : null;
  return 'message';
}

/** What is not about the messages of a chat, and how a person switches it off. */
export function wantsEvent(
  kind: 'reaction' | 'friendRequest' | 'friendAccepted' | 'call' | 'missedCall' | 'signIn' | 'accountChanged',
  settings: Settings,
): boolean {
  const { notifications } = settings;
  if (kind === 'reaction') return notifications.reactions;
  if (kind === 'friendRequest' || kind === 'friendAccepted') return notifications.friendRequests;
  // That somebody signed in, or changed how one does, is nobody's choice not to hear.
  return kind === 'signIn' || kind === 'accountChanged' || notifications.calls;
}
