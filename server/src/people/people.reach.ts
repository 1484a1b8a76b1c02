import type { UserId } from '@dialog/shared/contract/values';
import type { Audience, Settings } from '@dialog/shared/settings.values';
import type { Tx } from '../platform/database.ts';
import type { SettingsService } from '../settings/settings.service.ts';
import { noRelation, type PeopleRepository, type StoredRelation } from './people.repository.ts';

/** What a person lets others do with them, by audience. */
export type Reach = 'write' | 'call' | 'addToGroups' | 'lastSeen';

interface Deps {
  readonly repository: Pick<PeopleRepository, 'between' | 'blocksFrom'>;
  readonly settings: Pick<SettingsService, 'of'>;
}

/** How one person stands to another, whom they may want something of. */
export interface Standing {
  /** I have blocked them. */
  readonly blocks: boolean;
  /** They have blocked me. */
  readonly isBlocked: boolean;
  /** They see me as a friend. */
  readonly isFriend: boolean;
  readonly settings: Settings;
}

export type PeopleReach = ReturnType<typeof createReach>;

/**
 * Who may do what with whom, read in the transaction of the act (R11): two statements for any number of people. A block,
 * in whichever direction, stands before every audience.
 */
export function createReach({ repository, settings }: Deps) {
  async function relationsOf(tx: Tx, userId: UserId, others: readonly UserId[]) {
    const asked = [...new Set(others)];
    const rows = new Map((await repository.between(tx, userId, asked)).map((row) => [pairOf(row), row]));
    return (one: UserId, other: UserId): StoredRelation =>
      rows.get(pairOf({ userId: one, otherId: other })) ?? noRelation(one, other);
  }

  async function standingOf(tx: Tx, actorId: UserId, others: readonly UserId[]): Promise<(other: UserId) => Standing> {
    const relation = await relationsOf(tx, actorId, others);
    const settingsOf = await settings.of(tx, others);
    return (other) => {
      const theirs = relation(other, actorId);
      return {
        blocks: relation(actorId, other).isBlocked,
        isBlocked: theirs.isBlocked,
        isFriend: theirs.friendship === 'friends',
        settings: settingsOf(other),
      };
    };
  }

  return {
    relationsOf,
    standingOf,

    /** Those of these people between whom and this one there is a block, whoever made it. */
    async blocksBetween(tx: Tx, userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>> {
      const relation = await relationsOf(tx, userId, others);
      return new Set(others.filter((other) => relation(userId, other).isBlocked || relation(other, userId).isBlocked));
    },

    /** Whether there is a block between one of these people and one of those, whoever made it. */
    async blockedAmong(
      tx: Tx,
      ones: readonly UserId[],
      others: readonly UserId[],
    ): Promise<(one: UserId, other: UserId) => boolean> {
      const blocks = [
        ...(await repository.blocksFrom(tx, ones, others)),
        ...(await repository.blocksFrom(tx, others, ones)),
      ];
      const pairs = new Set(blocks.map(([userId, otherId]) => `${userId} ${otherId}`));
      return (one, other) => pairs.has(`${one} ${other}`) || pairs.has(`${other} ${one}`);
    },

    /** Those of these people whom this one has blocked. */
    async blockedBy(tx: Tx, userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>> {
      const relation = await relationsOf(tx, userId, others);
      return new Set(others.filter((other) => relation(userId, other).isBlocked));
    },

    /** Those of these people with whom this one is friends, and no block between them. */
    async friendsAmong(tx: Tx, userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>> {
      const relation = await relationsOf(tx, userId, others);
      return new Set(
        others.filter((other) => {
          const [mine, theirs] = [relation(userId, other), relation(other, userId)];
          return mine.friendship === 'friends' && !mine.isBlocked && !theirs.isBlocked;
        }),
      );
    },

    /** Those of these people who let this one do that. Oneself one always may. */
    async mayReach(
      tx: Tx,
      actorId: UserId,
      { others, to }: { readonly others: readonly UserId[]; readonly to: Reach },
    ): Promise<ReadonlySet<UserId>> {
      const standing = await standingOf(tx, actorId, others);
      return new Set(
        others.filter((other) => {
          if (other === actorId) return true;
          const { blocks, isBlocked, isFriend, settings: theirs } = standing(other);
          return !blocks && !isBlocked && isIn(theirs.privacy[to], isFriend);
        }),
      );
    },
  };
}

export function isIn(audience: Audience, isFriend: boolean): boolean {
  return audience === 'everyone' || (audience === 'friends' && isFriend);
}

function pairOf({ userId, otherId }: Pick<StoredRelation, 'userId' | 'otherId'>): string {
  return `${userId} ${otherId}`;
}
