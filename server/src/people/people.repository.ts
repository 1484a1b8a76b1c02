import type { UserId } from '@dialog/shared/contract/values';
import type { Relation } from '@dialog/shared/people.values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

export type Friendship = Relation['friendship'];

/** What one person has to do with another, as the first of them sees it. */
export interface StoredRelation {
  readonly userId: UserId;
  readonly otherId: UserId;
  readonly friendship: Friendship;
  readonly isBlocked: boolean;
  readonly declinedAt: Date | null;
  readonly revision: number;
}

/** How many of each one person has. */
export interface RelationCounts {
  readonly all: number;
  readonly asked: number;
  readonly asks: number;
  readonly blocked: number;
}

type RelationColumns = {
  userId: Buffer;
  otherId: Buffer;
  friendship: Friendship;
  isBlocked: number;
  declinedAt: Date | null;
  revision: number;
};

const COLUMNS = `r.user_id AS userId, r.other_id AS otherId, r.friendship, r.is_blocked AS isBlocked,
  r.declined_at AS declinedAt, r.revision`;

/** Nothing has ever been between these two. */
export function noRelation(userId: UserId, otherId: UserId): StoredRelation {
  return { userId, otherId, friendship: 'none', isBlocked: false, declinedAt: null, revision: 0 };
}

export type PeopleRepository = typeof peopleRepository;

export const peopleRepository = {
  /** Both sides of what is between one person and these others; by primary keys. */
  async between(tx: Tx, userId: UserId, others: readonly UserId[]): Promise<StoredRelation[]> {
    if (others.length === 0) return [];
    const rows = await tx.rows<RelationColumns>(
      `SELECT ${COLUMNS} FROM relations r WHERE r.user_id = :userId AND r.other_id IN (:others)
       UNION ALL SELECT ${COLUMNS} FROM relations r WHERE r.user_id IN (:others) AND r.other_id = :userId`,
      { userId: toBytes(userId), others: others.map(toBytes) },
    );
    return rows.map(toStored);
  },

  /** Blocks from one of these people to one of those. */
  async blocksFrom(tx: Tx, ones: readonly UserId[], others: readonly UserId[]): Promise<(readonly [UserId, UserId])[]> {
    if (ones.length === 0 || others.length === 0) return [];
    const rows = await tx.rows<{ userId: Buffer; otherId: Buffer }>(
      `SELECT user_id AS userId, other_id AS otherId FROM relations
       WHERE user_id IN (:ones) AND other_id IN (:others) AND is_blocked`,
      { ones: ones.map(toBytes), others: others.map(toBytes) },
    );
    return rows.map(({ userId, otherId }) => [fromBytes<UserId>(userId), fromBytes<UserId>(otherId)]);
  },

  async put(tx: Tx, relation: StoredRelation): Promise<void> {
    const { friendship, isBlocked, declinedAt, revision } = relation;
    await tx.run(
      `INSERT INTO relations (user_id, other_id, friendship, is_blocked, declined_at, revision)
       VALUES (:userId, :otherId, :friendship, :isBlocked, :declinedAt, :revision)
       ON DUPLICATE KEY UPDATE friendship = VALUES(friendship), is_blocked = VALUES(is_blocked),
         declined_at = VALUES(declined_at), revision = VALUES(revision)`,
      {
        ...{ friendship, isBlocked, declinedAt, revision },
        userId: toBytes(relation.userId),
        otherId: toBytes(relation.otherId),
      },
    );
  },

  /** What changed of one person's after this revision of theirs; from the beginning only what stands. */
  async since(tx: Tx, userId: UserId, since: number): Promise<StoredRelation[]> {
    const rows = await tx.rows<RelationColumns>(
      `SELECT ${COLUMNS} FROM relations r WHERE r.user_id = :userId AND r.revision > :since
         ${since === 0 ? "AND (r.friendship <> 'none' OR r.is_blocked)" : ''} ORDER BY r.revision`,
      { userId: toBytes(userId), since },
    );
    return rows.map(toStored);
  },

  /**
   * A row for whoever is blocked or asked in vain, of which nobody is told: it says nothing but that there is somebody, so that
   * `relatedAfter` finds both from either side.
   */
  async putUntold(tx: Tx, userId: UserId, otherId: UserId): Promise<void> {
    await tx.run(
      `INSERT IGNORE INTO relations (user_id, other_id, friendship, is_blocked, revision)
       VALUES (:userId, :otherId, 'none', FALSE, 0)`,
      { userId: toBytes(userId), otherId: toBytes(otherId) },
    );
  },

  /** Everyone who may have this person in their list, in the order of their ids. */
  async relatedAfter(
    tx: Tx,
    userId: UserId,
    { after, limit }: { readonly after: UserId | null; readonly limit: number },
  ): Promise<UserId[]> {
    const rows = await tx.rows<{ otherId: Buffer }>(
      `SELECT other_id AS otherId FROM relations
       WHERE user_id = :userId AND other_id > :after ORDER BY other_id LIMIT :limit`,
      { userId: toBytes(userId), after: after ? toBytes(after) : Buffer.alloc(0), limit },
    );
    return rows.map((row) => fromBytes<UserId>(row.otherId));
  },

  async friendsOf(tx: Tx, userId: UserId): Promise<UserId[]> {
    const rows = await tx.rows<{ otherId: Buffer }>(
      `SELECT other_id AS otherId FROM relations WHERE user_id = :userId AND friendship = 'friends'`,
      { userId: toBytes(userId) },
    );
    return rows.map((row) => fromBytes<UserId>(row.otherId));
  },

  async countsOf(tx: Tx, userId: UserId): Promise<RelationCounts> {
    const [row] = await tx.rows<{ [Count in keyof RelationCounts]: number | null }>(
      `SELECT CAST(SUM(friendship <> 'none' OR is_blocked) AS SIGNED) AS \`all\`, CAST(SUM(friendship = 'asked') AS SIGNED) AS asked,
         CAST(SUM(friendship = 'asks') AS SIGNED) AS asks, CAST(SUM(is_blocked) AS SIGNED) AS blocked
       FROM relations WHERE user_id = :userId`,
      { userId: toBytes(userId) },
    );
    return {
      all: row?.all ?? 0,
      asked: row?.asked ?? 0,
      asks: row?.asks ?? 0,
      blocked: row?.blocked ?? 0,
    };
  },

  async signedUpAt(tx: Tx, userId: UserId): Promise<Date | undefined> {
    const [row] = await tx.rows<{ at: Date }>('SELECT created_at AS at FROM users WHERE id = :userId', {
      userId: toBytes(userId),
    });
    return row?.at;
  },
};

function toStored(row: RelationColumns): StoredRelation {
  return {
    ...row,
    userId: fromBytes<UserId>(row.userId),
    otherId: fromBytes<UserId>(row.otherId),
    isBlocked: row.isBlocked === 1,
  };
}
