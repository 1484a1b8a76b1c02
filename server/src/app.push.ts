import type { SessionId, UserId } from '@dialog/shared/contract/values';
import { avatarPath } from '@dialog/shared/users.profile';
import type { SignedInElsewhere, ToldChange } from './auth/auth.notices.ts';
import { ABSOLUTE_MS, IDLE_MS } from './auth/auth.sessions.ts';
import type { Conversation } from './app.conversation.ts';
import type { Reacted } from './messages/messages.acts.ts';
import type { ReadPlace } from './messages/messages.cursors.ts';
import type { PeopleFact } from './people/people.service.ts';
import type { Tx } from './platform/database.ts';
import type { Platform } from './platform/platform.ts';
import { createPushFeature } from './push/push.feature.ts';
import type { UserService } from './users/users.service.ts';

interface Neighbours {
  readonly users: Pick<UserService, 'load'>;
  readonly conversation: Pick<Conversation, 'reading' | 'people' | 'settings' | 'titlesOf'>;
}

export type Push = ReturnType<typeof createPush>;

/** The part of the composition root that says what is pushed, of all that happens. */
export function createPush(platform: Platform, { users, conversation }: Neighbours) {
  const { db, now } = platform;
  const push = createPushFeature(platform, {
    users,
    pictureOf: ({ avatarId }) => (avatarId === undefined ? null : avatarPath(avatarId, 'large')),
    messages: conversation.reading,
    titlesOf: conversation.titlesOf,
    settingsOf: conversation.settings.of,
    blockedAmong: conversation.people.blockedAmong,
    sessionBounds() {
      const at = now().getTime();
      return { createdAfter: new Date(at - ABSOLUTE_MS), seenAfter: new Date(at - IDLE_MS) };
    },
  });
  const { events, withdrawal } = push;

  return {
    start: push.start,
    told: push.told,
    calls: push.calls,
    look: push.look,
    pushedAmong: push.pushedAmong,
    postedAtCommit: push.posted.askAtCommit,
    sessionsEnded: push.sessionsEnded,
    membershipEnded: withdrawal.left,
    chatRemoved: push.chatRemoved,
    takenBack: push.takenBack,
    read: (tx: Tx, read: ReadPlace): Promise<void> => withdrawal.read(tx, read),

    reacted: (tx: Tx, { chatId, position, senderId, actorId, emoji }: Reacted): Promise<void> =>
      events.tell(tx, {
        userIds: [senderId],
        about: `reaction ${chatId} ${position} ${actorId} ${emoji}`,
        event: { kind: 'reaction', chatId, position, actorId, emoji },
      }),

    async peopleFollow(tx: Tx, { what, actorId, otherId }: PeopleFact): Promise<void> {
      if (what === 'blocked') return;
      const kind = what === 'asked' ? 'friendRequest' : 'friendAccepted';
      await events.tell(tx, {
        userIds: [otherId],
        // Asked again after a while is another request.
        about: `${kind} ${actorId} ${now().getTime()}`,
        event: { kind, actorId },
      });
      push.told();
    },

    async signedIn(
      userId: UserId,
      { sessionId, device, place }: SignedInElsewhere & { readonly sessionId: SessionId },
    ): Promise<void> {
      const event = { kind: 'signIn' as const, device, place: place ?? null, sessionId };
      await events.tell(db, { userIds: [userId], about: `signIn ${sessionId}`, event });
      push.told();
    },

    async proofsChanged(userId: UserId, { id, what, device, place }: ToldChange): Promise<void> {
      const event = { kind: 'accountChanged' as const, what, device, place: place ?? null };
      await events.tell(db, { userIds: [userId], about: `accountChanged ${id}`, event });
      push.told();
    },
  };
}
