import type { UserId } from '@dialog/shared/contract/values';
import { presenceChosenAt, type PresenceSettings } from '@dialog/shared/settings.values';
import type { PersonStatus } from '@dialog/shared/users.values';
import type { Platform } from '../platform/platform.ts';
import type { Tx } from '../platform/database.ts';
import { NOTHING_CHOSEN } from './presence.facts.ts';
import { connectPresence, createPresenceBus } from './presence.gateway.ts';
import { createLastSeen } from './presence.lastSeen.ts';
import { createLeases } from './presence.leases.ts';
import { createOwnPages } from './presence.own.ts';
import { type Chosen, presenceRepository as repository } from './presence.repository.ts';
import { createPresenceService } from './presence.service.ts';
import { createWatchings, type Sight } from './presence.watching.ts';

interface Neighbours {
  readonly maySee: (userId: UserId, userIds: readonly UserId[]) => Promise<Sight>;
  /** In the transaction that makes somebody visible again; answers what is to be done after its commit. */
  readonly showCursors: (tx: Tx, userId: UserId) => Promise<() => void>;
  /** After the commit: what features to the right tell of them is otherwise now. */
  readonly seenOtherwise: (userId: UserId) => Promise<void>;
  readonly statusesOf: (userIds: readonly UserId[]) => Promise<ReadonlyMap<UserId, PersonStatus>>;
}

interface Choice {
  readonly userId: UserId;
  readonly before: PresenceSettings;
  readonly after: Chosen;
}

export type PresenceFeature = ReturnType<typeof createPresenceFeature>;

/** All of presence on the server, put together. */
export function createPresenceFeature(
  platform: Pick<Platform, 'db' | 'redis' | 'sockets' | 'now' | 'log'>,
  { maySee, showCursors, seenOtherwise, statusesOf }: Neighbours,
) {
  const { db, redis, sockets, now, log } = platform;
  const onError = (error: unknown): void => log.warn({ err: error }, 'presence is not known for now');
  const isInvisible = (chosen: PresenceSettings): boolean => presenceChosenAt(chosen, now().getTime()) === 'invisible';

  const leases = createLeases({ redis, now });
  const bus = createPresenceBus(sockets);
  const lastSeen = createLastSeen({ db, repository, now, onError });
  const storedOf = (userIds: readonly UserId[]) => repository.of(db, userIds);
  async function shownOf(userIds: readonly UserId[]) {
    const [stored, statuses] = await Promise.all([storedOf(userIds), statusesOf(userIds)]);
    return new Map([...stored].map(([userId, one]) => [userId, { ...one, status: statuses.get(userId) ?? null }]));
  }
  const service = createPresenceService({
    ...{ leases, lastSeen, maySee, now, onError },
    storedOf: shownOf,
    watchings: createWatchings({ now }),
    own: createOwnPages({
      ...{ leases, now },
      async chosenOf(userIds) {
        return new Map([...(await storedOf(userIds))].map(([userId, { chosen }]) => [userId, chosen]));
      },
    }),
    publish: bus.publish,
    async becameVisible(userId) {
      const tell = await db.transaction(async (tx) =>
        (await repository.endOver(tx, userId, now())) ? showCursors(tx, userId) : undefined,
      );
      tell?.();
      await seenOtherwise(userId);
    },
  });
  connectPresence({ sockets, presence: service, onError });

  return {
    /** Whether others may learn what this person does now. */
    isVisible: service.isVisible,

    /** Those of these people of whom others may learn nothing now. */
    async invisibleAmong(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
      const stored = await storedOf(userIds);
      return new Set(userIds.filter((userId) => isInvisible(stored.get(userId)?.chosen ?? NOTHING_CHOSEN)));
    },

    /** Those of these people of whom this one may not learn whether they are there now. */
    async hiddenFrom(viewer: UserId, userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
      const [sight, stored] = await Promise.all([maySee(viewer, userIds), storedOf(userIds)]);
      return new Set(
        userIds.filter(
          (userId) =>
            sight.get(userId)?.seesPresence !== true || isInvisible(stored.get(userId)?.chosen ?? NOTHING_CHOSEN),
        ),
      );
    },

    /** In the transaction in which somebody chooses; answers what is to be done after its commit. */
    async chosenAtCommit(tx: Tx, { userId, before, after }: Choice): Promise<() => void> {
      await repository.choose(tx, userId, after);
      const tellCursors = isInvisible(after) ? () => undefined : await showCursors(tx, userId);
      return () => {
        void service.chose(userId, after, isInvisible(before)).catch(onError);
        tellCursors();
        void seenOtherwise(userId).catch(onError);
      };
    },

    /** After the commit: they say something else of themselves. */
    statusChanged(userId: UserId): void {
      statusesOf([userId])
        .then((statuses) => bus.publish({ userId, status: statuses.get(userId) ?? null }))
        .catch(onError);
    },

    /** Who may see whom has changed for these people: takes effect on all nodes within a second. */
    sightChanged: bus.publishSight,
    /** The same on this node alone. */
    recheck: (userIds: readonly UserId[]) => void service.recheck(userIds).catch(onError),

    async stop(): Promise<void> {
      service.stop();
      await lastSeen.stop();
    },
  };
}
