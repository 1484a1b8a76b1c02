import { CALLS_PER_PAGE, type PastCall } from '@dialog/shared/calls.history';
import type { CallOutcome } from '@dialog/shared/calls.values';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { Database, Tx } from '../../platform/database.ts';
import type { Call } from '../calls.repository.ts';
import type { PersonOutcome, RingRepository, StoredPast } from './ring.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<RingRepository, 'close' | 'setCallOutcome' | 'listPast'>;
}

export type CallHistory = ReturnType<typeof createCallHistory>;

/** What became of calls: for their chats as they end, and for each person who had to do with them. */
export function createCallHistory({ db, repository }: Deps) {
  return {
    /** In the transaction in which a call ends. */
    async ended(tx: Tx, call: Call, at: Date): Promise<{ outcome: CallOutcome; durationMs: number }> {
      const { people, ...talk } = await repository.close(tx, call.id);
      const outcome = outcomeOf(people);
      await repository.setCallOutcome(tx, call.id, outcome);
      return { outcome, durationMs: talkedMs({ ...talk, endedAt: at }) };
    },

    async list(
      userId: UserId,
      { before, isMissedOnly }: { readonly before: CallId | null; readonly isMissedOnly: boolean },
    ): Promise<{ calls: PastCall[]; next: CallId | null }> {
      const found = await repository.listPast(db, userId, { before, isMissedOnly, limit: CALLS_PER_PAGE + 1 });
      const calls = found.slice(0, CALLS_PER_PAGE).map(pastOf);
      return { calls, next: found.length > CALLS_PER_PAGE ? (calls.at(-1)?.callId ?? null) : null };
    },
  };
}

/** By how those who had to do with a call stand as it ends. */
export function outcomeOf(people: ReadonlyMap<PersonOutcome, number>): CallOutcome {
  if (people.has('answered')) return 'finished';
  // Nobody had the time to answer: whoever called thought better of it.
  if (people.has('asked')) return 'cancelled';
  return people.has('declined') && !people.has('missed') ? 'declined' : 'missed';
}

/** The same call is another thing to who made it and to who was called. */
export function pastOf({ answeredAt, aloneAt, endedAt, outcome, own, ...call }: StoredPast): PastCall {
  const past = { ...call, startedAt: call.startedAt.toISOString() };
  if (endedAt === null) return { ...past, outcome: 'going', durationMs: 0 };
  const durationMs = talkedMs({ answeredAt, aloneAt, endedAt });
  if (own === 'answered') return { ...past, outcome: 'finished', durationMs };
  if (own !== 'called') return { ...past, outcome: own === 'declined' ? 'declined' : 'missed', durationMs: 0 };
  if (outcome === null || outcome === 'finished') return { ...past, outcome: 'finished', durationMs };
  return { ...past, outcome: outcome === 'missed' ? 'unanswered' : outcome, durationMs: 0 };
}

interface Talk {
  readonly answeredAt: Date | null;
  readonly aloneAt: Date | null;
  readonly endedAt: Date;
}

/** Whoever is left alone waits a little for the others to come back: that is not talked. */
function talkedMs({ answeredAt, aloneAt, endedAt }: Talk): number {
  return answeredAt === null ? 0 : Math.max(0, (aloneAt ?? endedAt).getTime() - answeredAt.getTime());
}
