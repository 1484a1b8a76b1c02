import type { PersonChanges } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { RELATIONS_MAX, REQUESTS_MAX, REQUESTS_MAX_WHEN_NEW, type Relation } from '@dialog/shared/people';
import type { User } from '@dialog/shared/users';
import type { BarRepository, DirectHead } from '../chats/chats.bars.ts';
import type { SharedAct, SharedActs, Touched } from '../chats/chats.persons.ts';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { UserService } from '../users/users.service.ts';
import type { PeopleBars } from './people.bars.ts';
import {
  accepting,
  asking,
  blocking,
  declining,
  removing,
  unblocking,
  withdrawing,
  type Pair,
  type PairChange,
} from './people.pairs.ts';
import type { PeopleReach } from './people.reach.ts';
import type { PeopleRepository, StoredRelation } from './people.repository.ts';

/** What came of an act, for features to the right; in its transaction (R8). */
export interface PeopleFact {
  readonly what: NonNullable<PairChange['fact']>;
  readonly actorId: UserId;
  readonly otherId: UserId;
}

/** Somebody hears of their direct chat from now on, or no longer. */
export interface HearingChanged extends DirectHead {
  readonly userId: UserId;
  readonly hears: boolean;
}

type Hearing = 'begins' | 'ends';

interface InChat {
  readonly direct: DirectHead;
  readonly pair: readonly [UserId, UserId];
  readonly hearing: Hearing | undefined;
}

interface Deps {
  readonly db: Database;
  readonly repository: PeopleRepository;
  readonly users: Pick<UserService, 'load'>;
  readonly reach: Pick<PeopleReach, 'relationsOf'>;
  readonly bars: Pick<PeopleBars, 'refresh'>;
  readonly directChats: Pick<BarRepository, 'findDirect' | 'lockDirect' | 'raiseEpoch' | 'tellAnew' | 'groupsOfBoth'>;
  readonly changePersons: SharedActs;
  readonly follow: (tx: Tx, fact: PeopleFact) => Promise<void>;
  readonly hearingChanged: (change: HearingChanged) => void;
  /** After the commit: what is between these people is otherwise now. */
  readonly changed: (userIds: readonly UserId[]) => void;
  readonly limitNew: (userId: UserId) => Promise<void>;
  readonly now: () => Date;
}

const NEW_FOR_MS = 86_400_000;
/** Requests that wait for one person's answer: further ones are as unanswered, and are not kept for them. */
const REQUESTS_IN_MAX = 200;
/** Somebody wrote for the first time at the very moment of a block; more often than this is not by chance. */
const TRIES = 3;

/** The direct chat of the two was made after it was looked for. */
class ChatAppeared extends Error {}

export type PeopleService = ReturnType<typeof createPeople>;

/**
 * Friends and blocks. What is between two people is two rows, each with the revision of its own person; every act changes
 * both under the locks of both (`changePersons`), so two who ask each other at the same moment, on whichever nodes, meet.
 * A block is nobody's business but its maker's: the other's row, and all that they are answered, stay as they are.
 */
export function createPeople(deps: Deps) {
  const { db, repository, users, now } = deps;

  /**
   * `hearing`: from then on the one who acts does not hear of the direct chat of the two, or does again. Then the chat's
   * row is held before theirs.
   */
  async function changePair(
    pair: readonly [UserId, UserId],
    decide: (between: Pair, tx: Tx) => PairChange | Promise<PairChange>,
    hearing?: Hearing,
  ): Promise<PersonChanges> {
    const [actorId, otherId] = pair;
    let held: DirectHead | undefined;
    const changes = await deps.changePersons(
      pair,
      async (act) => {
        const known = await requireBoth(act.tx, pair);
        const direct = await deps.directChats.findDirect(act.tx, ...pair);
        if (hearing && direct?.chatId !== held?.chatId) throw new ChatAppeared();
        const relation = await deps.reach.relationsOf(act.tx, actorId, [otherId]);
        const between = { mine: relation(actorId, otherId), theirs: relation(otherId, actorId) };
        const change = await decide(between, act.tx);
        const saved = await save(act, between, change);
        if (direct && saved.length > 0) await followInChat(act.tx, { direct, pair, hearing });
        if (change.fact) await deps.follow(act.tx, { what: change.fact, actorId, otherId });
        const chatIds = hearing ? await heardOtherwise(act.tx, pair, direct) : [];
        return touchedBy(saved, known, { actorId, chatIds });
      },
      async (tx) => {
        if (hearing) held = await deps.directChats.lockDirect(tx, ...pair);
      },
    );
    if (changes.revision === changes.from) return changes;
    if (hearing && held) {
      const epoch = held.epoch + (hearing === 'ends' ? 1 : 0);
      deps.hearingChanged({ ...held, epoch, userId: actorId, hears: hearing === 'begins' });
    }
    deps.changed(pair);
    return changes;
  }

  async function requireBoth(tx: Tx, pair: readonly [UserId, UserId]): Promise<ReadonlyMap<UserId, User>> {
    const known = await users.load(tx, pair);
    if (known.size < 2) throw new AppError('user-not-found', 'nobody, or oneself');
    return known;
  }

  async function save({ tx, revisions }: SharedAct, pair: Pair, change: PairChange): Promise<StoredRelation[]> {
    const saved: StoredRelation[] = [];
    for (const [row, changed] of [[pair.mine, change.mine] as const, [pair.theirs, change.theirs] as const]) {
      if (!changed) continue;
      const next = { ...row, ...changed, revision: revisions.get(row.userId) ?? 0 };
      // oxlint-disable-next-line no-await-in-loop -- one connection, two rows
      await repository.put(tx, next);
      saved.push(next);
    }
    return saved;
  }

  async function followInChat(tx: Tx, { direct, pair, hearing }: InChat): Promise<void> {
    if (hearing === 'begins') await deps.directChats.tellAnew(tx, direct.chatId, pair[0]);
    await deps.bars.refresh(tx, direct, pair);
    if (hearing === 'ends') await deps.directChats.raiseEpoch(tx, direct.chatId);
  }

  /** Their own chat, and the groups of both: what is unread there counts otherwise from now on. */
  async function heardOtherwise(tx: Tx, pair: readonly [UserId, UserId], direct: DirectHead | undefined) {
    const groups = await deps.directChats.groupsOfBoth(tx, ...pair);
    return direct ? [direct.chatId, ...groups] : groups;
  }

  /** By themselves: who has their list full of others must still get rid of somebody. */
  async function requireRoomForBlock(tx: Tx, { userId }: StoredRelation): Promise<void> {
    if ((await repository.countsOf(tx, userId)).blocked >= RELATIONS_MAX) throw new AppError('limit-reached');
  }

  async function isNew(tx: Tx, userId: UserId): Promise<boolean> {
    const since = await repository.signedUpAt(tx, userId);
    return since !== undefined && now().getTime() - since.getTime() < NEW_FOR_MS;
  }

  /** Under the lock of the person, as all that counts. `waits`: it is not answered at once, as a request that meets another. */
  async function requireRoomToAsk(tx: Tx, { userId, friendship }: StoredRelation, waits: boolean): Promise<void> {
    const { all, asked } = await repository.countsOf(tx, userId);
    if (friendship === 'none' && all >= RELATIONS_MAX) throw new AppError('limit-reached');
    if (!waits) return;
    const max = (await isNew(tx, userId)) ? REQUESTS_MAX_WHEN_NEW : REQUESTS_MAX;
    if (asked >= max) throw new AppError('limit-reached');
  }

  async function changeHearing(
    pair: readonly [UserId, UserId],
    decide: (between: Pair, tx: Tx) => PairChange | Promise<PairChange>,
    hearing: Hearing,
  ): Promise<PersonChanges> {
    for (let tried = 1; ; tried += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the next try holds the chat that this one met
        return await changePair(pair, decide, hearing);
      } catch (error) {
        if (!(error instanceof ChatAppeared) || tried === TRIES) throw error;
      }
    }
  }

  return {
    /** Of a person whom the caller may know of: found by name, by link, or met in a chat. */
    async request(actorId: UserId, otherId: UserId): Promise<PersonChanges> {
      if (await isNew(db, actorId)) await deps.limitNew(actorId);
      return changePair([actorId, otherId], async (between, tx) => {
        const theirs = await repository.countsOf(tx, otherId);
        const hasRoom = theirs.all < RELATIONS_MAX && theirs.asks < REQUESTS_IN_MAX;
        const change = asking(between, { now: now(), hasRoom });
        if (!change.mine) return change;
        await requireRoomToAsk(tx, between.mine, change.mine.friendship === 'asked');
        // Nobody is told of it, but of a new name of theirs the one who asks is, as always.
        if (!change.theirs) await repository.putUntold(tx, otherId, actorId);
        return change;
      });
    },

    accept: (actorId: UserId, otherId: UserId) => changePair([actorId, otherId], accepting),

    decline: (actorId: UserId, otherId: UserId) => changePair([actorId, otherId], (pair) => declining(pair, now())),

    withdraw: (actorId: UserId, otherId: UserId) => changePair([actorId, otherId], withdrawing),

    remove: (actorId: UserId, otherId: UserId) => changePair([actorId, otherId], removing),

    block: (actorId: UserId, otherId: UserId) =>
      changeHearing(
        [actorId, otherId],
        async (between, tx) => {
          const change = blocking(between);
          if (!change.mine) return change;
          await requireRoomForBlock(tx, between.mine);
          await repository.putUntold(tx, otherId, actorId);
          return change;
        },
        'ends',
      ),

    unblock: (actorId: UserId, otherId: UserId) => changeHearing([actorId, otherId], unblocking, 'begins'),

    /** What changed of somebody's own after this revision of theirs. */
    async relationsSince(tx: Tx, userId: UserId, since: number): Promise<Relation[]> {
      const rows = await repository.since(tx, userId, since);
      return presented(
        rows,
        await users.load(
          tx,
          rows.map(({ otherId }) => otherId),
        ),
      );
    },
  };
}

function touchedBy(
  saved: readonly StoredRelation[],
  known: ReadonlyMap<UserId, User>,
  { actorId, chatIds }: { readonly actorId: UserId; readonly chatIds: readonly ChatId[] },
): Map<UserId, Touched> {
  return new Map(
    saved.map((row) => [
      row.userId,
      { relations: presented([row], known), ...(actorId === row.userId ? { chatIds } : {}) },
    ]),
  );
}

/** As they travel. */
export function presented(rows: readonly StoredRelation[], users: ReadonlyMap<UserId, User>): Relation[] {
  return rows.flatMap(({ otherId, friendship, isBlocked, revision }) => {
    const user = users.get(otherId);
    return user ? [{ user, friendship, isBlocked, revision }] : [];
  });
}
