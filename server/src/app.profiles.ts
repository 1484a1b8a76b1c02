import type { UserId } from '@dialog/shared/contract/values';
import type { AuthFeature } from './auth/auth.feature.ts';
import { commonChats } from './chats/chats.fellows.repository.ts';
import type { PersonActs } from './chats/chats.persons.ts';
import { PROFILE_CHANGED } from './chats/chats.profiles.ts';
import type { ChatService } from './chats/chats.service.ts';
import { FRIENDS_TOLD } from './people/people.profiles.ts';
import type { PeopleReach } from './people/people.reach.ts';
import { createRemake } from './platform/pictures/remaking.ts';
import type { Platform } from './platform/platform.ts';
import type { UserNames } from './users/users.names.ts';
import { profileRepository } from './users/users.profiles.repository.ts';
import { serveProfiles } from './users/users.profiles.routes.ts';
import { type Acquaintance, createProfiles, type ProfileService } from './users/users.profiles.ts';

export interface ProfileNeighbours {
  readonly names: UserNames;
  readonly chats: Pick<ChatService, 'acquaintancesAmong'>;
  readonly changePerson: PersonActs;
  readonly userNameChanging: AuthFeature['userNameChanging'];
  readonly reach: PeopleReach;
  /** After the commit: whoever has this person on screen may hear of it. */
  readonly statusChanged: (userId: UserId) => void;
}

export type ProfilePlatform = Pick<
  Platform,
  'db' | 'masterKey' | 'now' | 'router' | 'http' | 'callers' | 'limiter' | 'pictures' | 'jobs'
>;

/** The part of the composition root that joins who people are to others. */
export function createProfilePart(platform: ProfilePlatform, neighbours: ProfileNeighbours): ProfileService {
  const { db, jobs, now, masterKey } = platform;
  const { names, chats, changePerson, reach, statusChanged, userNameChanging } = neighbours;

  /**
   * Well to whoever shares or shared a chat with them, or is their friend. To whom they block they are somebody who has
   * written nothing: that they are not there at all would tell, where they are a fellow member.
   */
  async function knownTo(reader: UserId, userId: UserId): Promise<Acquaintance> {
    const relation = await reach.relationsOf(db, reader, [userId]);
    const theirs = relation(userId, reader);
    const areFriends = theirs.friendship === 'friends';
    if (!areFriends && (await chats.acquaintancesAmong(reader, [userId])).length === 0) return 'not';
    return theirs.isBlocked ? 'by-name' : 'well';
  }

  const profiles = createProfiles({
    ...{ db, now, masterKey, names, changePerson, statusChanged, userNameChanging, knownTo },
    repository: profileRepository,
    remake: createRemake(platform.pictures),
    async profileChanged(tx, userId) {
      await jobs.add(tx, PROFILE_CHANGED, { userId });
      await jobs.add(tx, FRIENDS_TOLD, { userId });
    },
    afterCommit: jobs.kick,
    commonChats: (reader, userId) => commonChats(db, reader, userId),
  });
  serveProfiles(platform, profiles);
  return profiles;
}
