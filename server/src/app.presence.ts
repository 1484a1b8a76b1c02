import type { UserId } from '@dialog/shared/contract/values';
import type { ChatService } from './chats/chats.service.ts';
import type { Cursors } from './messages/messages.cursors.ts';
import type { PeopleFeature } from './people/people.feature.ts';
import { isIn } from './people/people.reach.ts';
import type { Platform } from './platform/platform.ts';
import { createPresenceFeature, type PresenceFeature } from './presence/presence.feature.ts';
import type { Sight } from './presence/presence.watching.ts';
import type { SettingsDeps, SettingsService } from './settings/settings.service.ts';

interface Neighbours {
  readonly chats: Pick<ChatService, 'fellowsAmong'>;
  readonly cursors: Pick<Cursors, 'show'>;
  readonly settings: Pick<SettingsService, 'of'>;
  readonly seenOtherwise: (userId: UserId) => Promise<void>;
  readonly people: Pick<PeopleFeature, 'reach' | 'onChanged'>;
}

interface PresencePart extends PresenceFeature {
  /** What follows from another choice, of how to be seen or by whom. */
  readonly settingsChanged: SettingsDeps['changed'];
}

/** The part of the composition root that says who may see whom be there. */
export function createPresencePart(
  platform: Platform,
  { chats, cursors, settings, people, seenOtherwise }: Neighbours,
): PresencePart {
  const { db } = platform;
  /**
   * Fellow members and friends are told of, never across a block. Whether and when somebody is there both must let the
   * other see.
   */
  async function maySee(viewer: UserId, userIds: readonly UserId[]): Promise<Sight> {
    if (userIds.length === 0) return new Map();
    const [fellows, relation, chosenBy] = await Promise.all([
      chats.fellowsAmong(viewer, userIds),
      people.reach.relationsOf(db, viewer, userIds),
      settings.of(db, [viewer, ...userIds]),
    ]);
    const isFellow = new Set(fellows);
    const sight = new Map<UserId, { seesPresence: boolean }>();
    for (const userId of userIds) {
      const [mine, theirs] = [relation(viewer, userId), relation(userId, viewer)];
      const areFriends = mine.friendship === 'friends' && theirs.friendship === 'friends';
      if (mine.isBlocked || theirs.isBlocked || (!isFellow.has(userId) && !areFriends)) continue;
      const lets = (owner: UserId, asFriend: boolean): boolean => isIn(chosenBy(owner).privacy.lastSeen, asFriend);
      const seesPresence = lets(userId, theirs.friendship === 'friends') && lets(viewer, mine.friendship === 'friends');
      sight.set(userId, { seesPresence });
    }
    return sight;
  }

  const feature = createPresenceFeature(platform, { maySee, showCursors: cursors.show, seenOtherwise });
  people.onChanged(feature.recheck);
  return {
    ...feature,
    async settingsChanged({ tx, revision }, { userId, before, after }) {
      const isSeenOtherwise = JSON.stringify(before.presence) !== JSON.stringify(after.presence);
      const choice = { userId, before: before.presence, after: { ...after.presence, revision } };
      const follow = isSeenOtherwise ? await feature.chosenAtCommit(tx, choice) : undefined;
      return () => {
        follow?.();
        if (before.privacy.lastSeen !== after.privacy.lastSeen) feature.sightChanged([userId]);
      };
    },
  };
}
