import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { arrangingRepository } from './chats/chats.arranging.repository.ts';
import { createArranging, type Arranging } from './chats/chats.arranging.ts';
import { folderRepository } from './chats/chats.folders.repository.ts';
import { createFolders, type FolderService } from './chats/chats.folders.ts';
import { barRepository } from './chats/chats.bars.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import type { ChatRooms } from './chats/chats.rooms.ts';
import { createProfilePart, type ProfileNeighbours, type ProfilePlatform } from './app.profiles.ts';
import type { ProfileService } from './users/users.profiles.ts';
import { createPersonActs, createSharedActs, type PersonActs } from './chats/chats.persons.ts';
import type { Summaries } from './messages/messages.summaries.ts';
import { createPeopleFeature, type PeopleFeature } from './people/people.feature.ts';
import type { HearingChanged, PeopleFact } from './people/people.service.ts';
import type { Tx } from './platform/database.ts';
import type { Platform } from './platform/platform.ts';
import { settingsRepository } from './settings/settings.repository.ts';
import { serveSettings } from './settings/settings.routes.ts';
import { createSettings, type SettingsDeps, type SettingsService } from './settings/settings.service.ts';
import type { UserService } from './users/users.service.ts';

export interface Personal {
  readonly arranging: Arranging;
  readonly folders: FolderService;
  readonly settings: SettingsService;
  readonly people: PeopleFeature;
  readonly changePerson: PersonActs;
  readonly profiles: ProfileService;
  /** What else of theirs travels with a person's chat list. */
  readonly ownSince: (
    tx: Tx,
    userId: UserId,
    since: number,
  ) => Promise<Pick<PersonChanges, 'folders' | 'settings' | 'relations' | 'profile'>>;
}

interface Neighbours extends Pick<ProfileNeighbours, 'names' | 'chats' | 'statusChanged' | 'userNameChanging'> {
  readonly users: Pick<UserService, 'load'>;
  readonly rooms: Pick<ChatRooms, 'tellAct'>;
  readonly keys: ChatKeys;
  /** What follows from a request, a friendship or a block, in its transaction. */
  readonly peopleFollow: (tx: Tx, fact: PeopleFact) => Promise<void>;
  readonly summaries: Pick<Summaries, 'ofPerson'>;
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
  readonly settingsChanged: SettingsDeps['changed'];
}

/** The part of the composition root that joins what a person arranges for themselves. */
export function createPersonal(
  platform: ProfilePlatform & Pick<Platform, 'sockets' | 'config'>,
  { users, rooms, keys, peopleFollow, summaries, tellPerson, settingsChanged, ...others }: Neighbours,
): Personal {
  const { db, masterKey, now } = platform;
  const acts = { db, repository: arrangingRepository, summariesOf: summaries.ofPerson, tellPerson };
  const changePerson = createPersonActs(acts);
  const folders = createFolders({
    repository: folderRepository,
    arranging: arrangingRepository,
    changePerson,
    masterKey,
  });
  const settings = createSettings({
    repository: settingsRepository,
    changePerson,
    async changed(act, change) {
      await people.settingsChanged(act.tx, change);
      return settingsChanged(act, change);
    },
  });
  const people: PeopleFeature = createPeopleFeature(platform, {
    ...{ users, settings },
    changePersons: createSharedActs(acts),
    acquaintancesAmong: (userId, userIds) => others.chats.acquaintancesAmong(userId, userIds),
    directChats: barRepository,
    follow: peopleFollow,
    hearingChanged: (change) => rooms.tellAct(heardAs(change)),
  });
  const profiles = createProfilePart(platform, { ...others, changePerson, reach: people.reach });
  serveSettings(platform.router, settings);
  return {
    changePerson,
    settings,
    people,
    profiles,
    folders,
    async ownSince(tx, userId, since) {
      const chosen = await settings.settingsSince(tx, userId, since);
      const relations = await people.relationsSince(tx, userId, since);
      const profile = await profiles.profileSince(tx, userId, since);
      return {
        folders: await folders.foldersSince(tx, userId, since),
        ...(chosen ? { settings: chosen } : {}),
        ...(relations.length > 0 ? { relations } : {}),
        ...(profile ? { profile } : {}),
      };
    },
    arranging: createArranging({ db, repository: arrangingRepository, keys, changePerson, now }),
  };
}

/** Nothing of the chat changes by it: only who hears. */
function heardAs({ chatId, epoch, revision, userId, hears }: HearingChanged) {
  return {
    ...{ chatId, epoch },
    joined: hears ? [userId] : [],
    ended: hears ? [] : [userId],
    changes: { chatId, from: revision, revision, chat: null, members: [], messages: [] },
    persons: new Map(),
  };
}
