import type { CallId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { CallPeopleWatch } from './calls.people.ts';
import type { Call, CallRepository, RunningCall } from './calls.repository.ts';

const SWEEP_EVERY_MS = 10_000;
/** A call without anyone is over after this long: enough to come back from a dead network or a reload. */
const EMPTY_CALL_MS = 20_000;
/** After the media server (or this node) has started, everyone has this long to come back before a call counts as left. */
const RETURN_MS = 45_000;
const AT_ONCE = 8;

interface Deps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly media: MediaServer;
  readonly people: CallPeopleWatch;
  readonly endCall: (call: Call) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Shorter in tests only. */
  readonly returnMs?: number;
}

/**
 * Holds our rows against what the media server sees, in case its news or our removals got lost. Every node sweeps:
 * all it does can be done twice. While the media server is away nothing is concluded, so a call outlives its restart.
 */
export function createCallSweep({ db, calls, media, people, endCall, onError, returnMs = RETURN_MS }: Deps) {
  let readySince: number | null = null;

  media.onStatus((status) => {
    readySince = status === 'ready' ? performance.now() : null;
    people.startOver();
  });

  async function sweep(): Promise<void> {
    if (media.status() !== 'ready') return;
    readySince ??= performance.now();
    const running = await calls.listRunning(db);
    people.keepOnly(new Set<CallId>(running.map((call) => call.id)));
    for (let start = 0; start < running.length; start += AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- bounded: so many at once
      await Promise.all(running.slice(start, start + AT_ONCE).map(reconcile));
    }
    await deleteEndedRooms();
  }

  async function reconcile(call: RunningCall): Promise<void> {
    const participants = await people.look(call);
    if (participants.length > 0 || call.isAwaited) return;
    const hasReturnTime = readySince === null || performance.now() - readySince < returnMs;
    if (!hasReturnTime && people.emptyForMs(call.id) >= EMPTY_CALL_MS) await endCall(call);
  }

  async function deleteEndedRooms(): Promise<void> {
    const ended = await calls.endedRooms(db, await media.roomNames());
    await Promise.all(ended.map((room) => media.deleteRoom(room)));
  }

  return {
    sweep,
    /** Answers how to stop it. */
    start: () => repeat(sweep, { everyMs: SWEEP_EVERY_MS, onError }),
  };
}
