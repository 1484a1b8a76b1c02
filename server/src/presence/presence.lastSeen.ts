import type { UserId } from '@dialog/shared/contract/values';
import { presenceChosenAt } from '@dialog/shared/settings.values';
import type { Database } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { PresenceRepository } from './presence.repository.ts';

const MINUTE_MS = 60_000;
/** What a crowd leaves behind is written together. */
const WRITTEN_EVERY_MS = 2_000;
const ROWS_AT_ONCE = 500;
/** More than this waiting means a database that is away: what is lost is a minute of somebody's last seen (R12). */
const WAITING_MAX = 50_000;

interface Deps {
  readonly db: Database;
  readonly repository: Pick<PresenceRepository, 'of' | 'saw'>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

export type LastSeen = ReturnType<typeof createLastSeen>;

/**
 * When people were last there, to the minute. Those who are there are written once a minute, so that a node that dies
 * loses no more than that; those who go, within seconds. Many together, always. Of who is invisible only the moment of
 * becoming so.
 */
export function createLastSeen({ db, repository, now, onError }: Deps) {
  let waiting = new Map<UserId, { at: number; isLast: boolean }>();

  async function writeSome(some: ReadonlyMap<UserId, { at: number; isLast: boolean }>): Promise<void> {
    const stored = await repository.of(db, [...some.keys()]);
    const visible = [...some].filter(([userId, { isLast }]) => {
      const person = stored.get(userId);
      if (!person) return false;
      return isLast || presenceChosenAt(person.chosen, now().getTime()) !== 'invisible';
    });
    if (visible.length > 0) await repository.saw(db, new Map(visible.map(([userId, { at }]) => [userId, at])));
  }

  async function write(): Promise<void> {
    const seen = [...waiting];
    waiting = new Map();
    for (let at = 0; at < seen.length; at += ROWS_AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- one statement after the other leaves the database to acts
      await writeSome(new Map(seen.slice(at, at + ROWS_AT_ONCE)));
    }
  }

  const stopWriting = repeat(write, { everyMs: WRITTEN_EVERY_MS, onError });

  return {
    /** They are, or were, there now; answers the minute. `isLast`: they become invisible. */
    note(userId: UserId, isLast = false): number {
      const at = Math.floor(now().getTime() / MINUTE_MS) * MINUTE_MS;
      if (waiting.size < WAITING_MAX)
        waiting.set(userId, { at, isLast: isLast || waiting.get(userId)?.isLast === true });
      return at;
    },

    /** Resolves when what waits is written, or cannot be. */
    async stop(): Promise<void> {
      stopWriting();
      await write().catch(onError);
    },
  };
}
