import type { ChatSummary, PersonChanges } from '@dialog/shared/chats';
import type { Folder } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Relation } from '@dialog/shared/people.values';
import type { Settings } from '@dialog/shared/settings.values';
import type { Database, Tx } from '../platform/database.ts';
import type { ArrangingRepository } from './chats.arranging.repository.ts';

export interface PersonActsDeps {
  readonly db: Database;
  readonly repository: Pick<ArrangingRepository, 'lockPerson' | 'raise'>;
  /** These chats as they stand in this person's list. */
  readonly summariesOf: (tx: Tx, userId: UserId, chatIds: readonly ChatId[]) => Promise<ChatSummary[]>;
  /** To all devices of this person, after the commit (R8). */
  readonly tellPerson: (userId: UserId, changes: PersonChanges) => void;
}

/** The revision that an act of a person on their own list takes. */
export interface PersonAct {
  readonly tx: Tx;
  readonly revision: number;
}

interface Touched {
  readonly chatIds?: readonly ChatId[];
  readonly folders?: readonly Folder[];
  readonly settings?: Settings;
  readonly relations?: readonly Relation[];
}

export type PersonActs = ReturnType<typeof createPersonActs>;

/**
 * The unit of work of what is a person's own: one transaction under the lock of their row, which is taken before any
 * row of a member; their next revision (R1), one frame to their devices. Nothing is told when nothing changed.
 */
export function createPersonActs({ db, repository, summariesOf, tellPerson }: PersonActsDeps) {
  return async (userId: UserId, work: (act: PersonAct) => Promise<Touched | null>): Promise<PersonChanges> => {
    const changes = await db.transaction(async (tx) => {
      const from = await repository.lockPerson(tx, userId);
      const revision = from + 1;
      const touched = await work({ tx, revision });
      if (!touched) return { from, revision: from, chats: [], gone: [], marks: [], folders: null };
      const { chatIds = [], folders, settings, relations } = touched;
      await repository.raise(tx, { userId, revision }, chatIds);
      return {
        from,
        revision,
        chats: await summariesOf(tx, userId, chatIds),
        gone: [],
        marks: [],
        folders: folders ? [...folders] : null,
        ...(settings ? { settings } : {}),
        ...(relations ? { relations: [...relations] } : {}),
      };
    });
    if (changes.revision > changes.from) tellPerson(userId, changes);
    return changes;
  };
}
