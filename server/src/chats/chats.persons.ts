import type { ChatSummary, PersonChanges } from '@dialog/shared/chats';
import type { Folder } from '@dialog/shared/chats.values';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Relation } from '@dialog/shared/people.values';
import type { PersonProfile } from '@dialog/shared/users';
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

export interface Touched {
  readonly chatIds?: readonly ChatId[];
  readonly folders?: readonly Folder[];
  readonly settings?: Settings;
  readonly relations?: readonly Relation[];
  readonly profile?: PersonProfile;
}

/** An act of one person that changes what is another's own as well: each takes a revision of their own. */
export interface SharedAct {
  readonly tx: Tx;
  /** What each of them takes if something of theirs changes. */
  readonly revisions: ReadonlyMap<UserId, number>;
}

export type PersonActs = ReturnType<typeof createPersonActs>;
export type SharedActs = ReturnType<typeof createSharedActs>;

/**
 * The unit of work of what is a person's own: one transaction under the lock of their row, which is taken before any
 * row of a member; their next revision (R1), one frame to their devices. Nothing is told when nothing changed.
 */
export function createPersonActs({ db, repository, summariesOf, tellPerson }: PersonActsDeps) {
  return async (userId: UserId, work: (act: PersonAct) => Promise<Touched | null>): Promise<PersonChanges> => {
    const changes = await db.transaction(async (tx) => {
      const from = await repository.lockPerson(tx, userId);
      const touched = await work({ tx, revision: from + 1 });
      return touched ? raised({ repository, summariesOf }, tx, { userId, from, touched }) : unchanged(from);
    });
    if (changes.revision > changes.from) tellPerson(userId, changes);
    return changes;
  };
}

/**
 * The same for what two people have to do with each other: all of it in one transaction, under the locks of both rows,
 * taken in the order of their ids, each told their own frame. `holdFirst` locks what stands before persons in the order
 * of locks. Answers what changed for the first.
 */
export function createSharedActs(deps: PersonActsDeps) {
  const { db, repository, tellPerson } = deps;
  return async (
    userIds: readonly [UserId, ...UserId[]],
    work: (act: SharedAct) => Promise<ReadonlyMap<UserId, Touched>>,
    holdFirst: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<PersonChanges> => {
    const all = await db.transaction(async (tx) => {
      await holdFirst(tx);
      const revisions = new Map<UserId, number>();
      // Ids are compared as text here and as bytes there: the same order, so that no two acts wait for each other.
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what keeps the order
      for (const userId of userIds.toSorted()) revisions.set(userId, (await repository.lockPerson(tx, userId)) + 1);
      const touched = await work({ tx, revisions });
      const changes = new Map<UserId, PersonChanges>();
      for (const [userId, revision] of revisions) {
        const from = revision - 1;
        const own = touched.get(userId);
        // oxlint-disable-next-line no-await-in-loop -- one connection, two people
        changes.set(userId, own ? await raised(deps, tx, { userId, from, touched: own }) : unchanged(from));
      }
      return changes;
    });
    for (const [userId, changes] of all) if (changes.revision > changes.from) tellPerson(userId, changes);
    return all.get(userIds[0]) ?? unchanged(0);
  };
}

interface Raised {
  readonly userId: UserId;
  readonly from: number;
  readonly touched: Touched;
}

async function raised(
  { repository, summariesOf }: Pick<PersonActsDeps, 'repository' | 'summariesOf'>,
  tx: Tx,
  { userId, from, touched }: Raised,
): Promise<PersonChanges> {
  const { chatIds = [], folders, settings, relations, profile } = touched;
  const revision = from + 1;
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
    ...(profile ? { profile } : {}),
  };
}

function unchanged(from: number): PersonChanges {
  return { from, revision: from, chats: [], gone: [], marks: [], folders: null };
}
