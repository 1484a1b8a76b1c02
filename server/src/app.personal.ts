import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { arrangingRepository } from './chats/chats.arranging.repository.ts';
import { createArranging, type Arranging } from './chats/chats.arranging.ts';
import { folderRepository } from './chats/chats.folders.repository.ts';
import { createFolders, type FolderService } from './chats/chats.folders.ts';
import type { ChatKeys } from './chats/chats.keys.ts';
import { createPersonActs, type PersonActs } from './chats/chats.persons.ts';
import type { Summaries } from './messages/messages.summaries.ts';
import type { Platform } from './platform/platform.ts';

interface Neighbours {
  readonly keys: ChatKeys;
  readonly summaries: Pick<Summaries, 'ofPerson'>;
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
}

/** The part of the composition root that joins what a person arranges for themselves. */
export function createPersonal(
  platform: Pick<Platform, 'db' | 'masterKey' | 'now'>,
  { keys, summaries, tellPerson }: Neighbours,
): { readonly arranging: Arranging; readonly folders: FolderService; readonly changePerson: PersonActs } {
  const { db, masterKey, now } = platform;
  const changePerson = createPersonActs({
    db,
    repository: arrangingRepository,
    summariesOf: summaries.ofPerson,
    tellPerson,
  });
  return {
    changePerson,
    arranging: createArranging({ db, repository: arrangingRepository, keys, changePerson, now }),
    folders: createFolders({ repository: folderRepository, arranging: arrangingRepository, changePerson, masterKey }),
  };
}
