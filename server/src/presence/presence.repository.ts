import type { UserId } from '@dialog/shared/contract/values';
import type { PresenceChoice, PresenceSettings } from '@dialog/shared/settings.values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';

/** With the person's revision at that choice: of two the later counts, whichever is heard of first. */
export interface Chosen extends PresenceSettings {
  readonly revision: number;
}

/** What is stored of a person's presence. */
export interface StoredPresence {
  readonly chosen: Chosen;
  /** To the minute; null when they were never seen. */
  readonly seenAt: number | null;
}

type Columns = { id: Buffer; choice: PresenceChoice | null; until: Date | null; revision: number; seenAt: Date | null };

export type PresenceRepository = typeof presenceRepository;

/** The columns `presence_…` of `users`, and `last_seen`. */
export const presenceRepository = {
  async of(tx: Tx, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, StoredPresence>> {
    if (userIds.length === 0) return new Map();
    const rows = await tx.rows<Columns>(
      `SELECT u.id, u.presence_choice AS choice, u.presence_until AS until,
         u.presence_revision AS revision, l.seen_at AS seenAt
       FROM users u LEFT JOIN last_seen l ON l.user_id = u.id WHERE u.id IN (:userIds)`,
      { userIds: userIds.map(toBytes) },
    );
    return new Map(
      rows.map(({ id, choice, until, revision, seenAt }) => [
        fromBytes<UserId>(id),
        {
          chosen: { choice: choice ?? 'automatic', until: until?.toISOString() ?? null, revision },
          seenAt: seenAt?.getTime() ?? null,
        },
      ]),
    );
  },

  /** What is read where receipts and presence are told; the settings themselves are the person's. */
  async choose(tx: Tx, userId: UserId, { choice, until, revision }: Chosen): Promise<void> {
    const isAutomatic = choice === 'automatic';
    await tx.run(
      `UPDATE users SET presence_choice = :choice, presence_until = :until, presence_revision = :revision
       WHERE id = :userId`,
      {
        userId: toBytes(userId),
        choice: isAutomatic ? null : choice,
        until: isAutomatic || until === null ? null : new Date(until),
        revision,
      },
    );
  },

  /** True when a choice for a time was over and still stood there. */
  async endOver(tx: Tx, userId: UserId, now: Date): Promise<boolean> {
    const { affected } = await tx.run(
      `UPDATE users SET presence_choice = NULL, presence_until = NULL
       WHERE id = :userId AND presence_choice IS NOT NULL AND presence_until <= :now`,
      { userId: toBytes(userId), now },
    );
    return affected > 0;
  },

  /** Forward only; in one statement, by their ids, so that two nodes never wait for each other. */
  async saw(tx: Tx, seen: ReadonlyMap<UserId, number>): Promise<void> {
    const rows = [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, at]) => [toBytes(id), new Date(at)]);
    await tx.run(
      `INSERT INTO last_seen (user_id, seen_at) VALUES :rows
       ON DUPLICATE KEY UPDATE seen_at = GREATEST(seen_at, VALUES(seen_at))`,
      { rows },
    );
  },
};
