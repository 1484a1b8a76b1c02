import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import type { ChatRooms } from './chats/chats.rooms.ts';
import type { ChatService } from './chats/chats.service.ts';
import { cursorRepository } from './messages/messages.cursors.repository.ts';
import { createCursors, type CursorDeps, type Cursors } from './messages/messages.cursors.ts';
import { createMessageGateway, type MessageGatewayDeps } from './messages/messages.gateway.ts';
import { createReceipts } from './messages/messages.receipts.ts';
import type { Summaries } from './messages/messages.summaries.ts';
import type { PeopleFeature } from './people/people.feature.ts';
import { isIn } from './people/people.reach.ts';
import type { Platform } from './platform/platform.ts';
import { createPresenceFeature, type PresenceFeature } from './presence/presence.feature.ts';
import type { Sight } from './presence/presence.watching.ts';
import type { SettingsDeps, SettingsService } from './settings/settings.service.ts';
import type { ProfileService } from './users/users.profiles.ts';

interface Neighbours {
  readonly chats: Pick<ChatService, 'fellowsAmong'>;
  readonly rooms: ChatRooms;
  readonly summaries: Summaries;
  readonly settings: Pick<SettingsService, 'of'>;
  readonly profiles: Pick<ProfileService, 'statusesOf'>;
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
  readonly seenOtherwise: (userId: UserId) => Promise<void>;
  readonly push: Pick<CursorDeps, 'read'> & Pick<MessageGatewayDeps, 'look'>;
  readonly people: Pick<PeopleFeature, 'reach' | 'onChanged'>;
}

interface PresencePart {
  readonly cursors: Cursors;
  readonly presence: PresenceFeature & {
    /** What follows from another choice, of how to be seen or by whom. */
    readonly settingsChanged: SettingsDeps['changed'];
  };
}

/**
 * The part of the composition root that joins what people do without saying it: being there, writing, reading; and says
 * who may see it.
 */
export function createPresencePart(platform: Platform, neighbours: Neighbours): PresencePart {
  const { db, log, sockets } = platform;
  const { chats, rooms, summaries, settings, profiles, people, tellPerson, seenOtherwise, push } = neighbours;

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

  const receipts = createReceipts({
    ...{ db, sockets, rooms },
    onError: (error) => log.warn({ err: error }, 'messages: cursors were not told'),
  });
  const gateway = createMessageGateway({
    ...{ sockets, rooms },
    look: push.look,
    tellMoved: receipts.tell,
    isVisible: (userId) => feature.isVisible(userId),
    onError: (error) => log.warn({ err: error }, 'messages: who writes was not told'),
  });
  const cursors = createCursors({
    ...{ db, summaries, tellPerson },
    read: push.read,
    repository: cursorRepository,
    cursorMoved: (moved) => gateway.cursorMoved(moved),
  });
  const feature = createPresenceFeature(platform, {
    ...{ maySee, seenOtherwise },
    showCursors: cursors.show,
    statusesOf: (userIds) => profiles.statusesOf(db, userIds),
  });
  people.onChanged(feature.recheck);

  const settingsChanged: SettingsDeps['changed'] = async ({ tx, revision }, { userId, before, after }) => {
    const isSeenOtherwise = JSON.stringify(before.presence) !== JSON.stringify(after.presence);
    const choice = { userId, before: before.presence, after: { ...after.presence, revision } };
    const follow = isSeenOtherwise ? await feature.chosenAtCommit(tx, choice) : undefined;
    return () => {
      follow?.();
      if (before.privacy.lastSeen !== after.privacy.lastSeen) feature.sightChanged([userId]);
      receipts.chose(userId);
    };
  };
  return { cursors, presence: { ...feature, settingsChanged } };
}
