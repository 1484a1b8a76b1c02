import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { arrangingRepository } from './chats/chats.arranging.repository.ts';
import { createArranging, type Arranging } from './chats/chats.arranging.ts';
import { folderRepository } from './chats/chats.folders.repository.ts';
import { createFolders, type FolderService } from './chats/chats.folders.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import { createPersonActs, type PersonActs } from './chats/chats.persons.ts';
import type { Summaries } from './messages/messages.summaries.ts';
import type { Tx } from './platform/database.ts';
import type { Platform } from './platform/platform.ts';
import { settingsRepository } from './settings/settings.repository.ts';
import { serveSettings } from './settings/settings.routes.ts';
import { createSettings, type SettingsService } from './settings/settings.service.ts';

export interface Personal {
  readonly arranging: Arranging;
  readonly folders: FolderService;
  readonly settings: SettingsService;
  readonly changePerson: PersonActs;
  /** What else of theirs travels with a person's chat list. */
  readonly ownSince: (
    tx: Tx,
    userId: UserId,
    since: number,
  ) => Promise<Pick<PersonChanges, 'folders' | 'settings' | 'relations'>>;
}

interface Neighbours {
  readonly keys: ChatKeys;
  readonly summaries: Pick<Summaries, 'ofPerson'>;
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
}

/** The part of the composition root that joins what a person arranges for themselves. */
export function createPersonal(
  platform: Pick<Platform, 'db' | 'masterKey' | 'now' | 'router'>,
  { keys, summaries, tellPerson }: Neighbours,
): Personal {
  const { db, masterKey, now } = platform;
  const changePerson = createPersonActs({
    db,
    repository: arrangingRepository,
    summariesOf: summaries.ofPerson,
    tellPerson,
  });
  const folders = createFolders({
    repository: folderRepository,
    arranging: arrangingRepository,
    changePerson,
    masterKey,
  });
  const settings = createSettings({ repository: settingsRepository, changePerson, changed: async () => undefined });
  serveSettings(platform.router, settings);
  return {
    changePerson,
    settings,
    folders,
    async ownSince(tx, userId, since) {
      const chosen = await settings.settingsSince(tx, userId, since);
      return { folders: await folders.foldersSince(tx, userId, since), ...(chosen ? { settings: chosen } : {}) };
    },
    arranging: createArranging({ db, repository: arrangingRepository, keys, changePerson, now }),
  };
}
