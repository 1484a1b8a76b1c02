import type { CallId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { ConnectedDevices } from './calls.connected.ts';
import type { CallMovesRepository } from './calls.moves.repository.ts';
import type { CallPeopleWatch } from './calls.people.ts';
import type { CallPlacement } from './calls.placement.ts';
import type { Call, CallRepository, RunningCall } from './calls.repository.ts';

const SWEEP_EVERY_MS = 10_000;
/** A call without anyone is over after this long: enough to come back from a dead network or a reload. */
const EMPTY_CALL_MS = 20_000;
/** After a media server, Redis or this node has started, everyone has this long to come back before a call counts as left. */
const RETURN_MS = 45_000;
/** What they ask the database they ask together. */
const AT_ONCE = 25;

interface Deps {
  readonly db: Database;
  readonly calls: Pick<CallRepository, 'listRunning'>;
  readonly moves: Pick<CallMovesRepository, 'deadRooms'>;
  readonly pool: MediaPool;
  readonly placement: Pick<CallPlacement, 'settle'>;
  readonly connected: Pick<ConnectedDevices, 'knownSince'>;
  readonly people: CallPeopleWatch;
  readonly endCall: (call: Call) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Shorter in tests only. */
  readonly returnMs?: number;
}

/**
 * Holds our rows against what the media servers see, or the leases of direct calls, in case their news or our removals
 * got lost. Every node sweeps: all it does can be done twice. While a call's server is away nothing is concluded about
 * it, so it outlives a restart of the only one, and is moved where there are others; while Redis is away, nothing about
 * direct calls.
 */
export function createCallSweep(deps: Deps) {
  const { db, calls, moves, pool, placement, connected, people, endCall, onError, returnMs = RETURN_MS } = deps;

  async function sweep(): Promise<void> {
    const running = await calls.listRunning(db);
    people.keepOnly(new Set<CallId>(running.map((call) => call.id)));
    // One server that fails holds up nothing of the others.
    for (let start = 0; start < running.length; start += AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- bounded: so many at once
      await Promise.all(running.slice(start, start + AT_ONCE).map((call) => reconcile(call).catch(onError)));
    }
    await Promise.all(readyServers().map((server) => deleteDeadRooms(server).catch(onError)));
  }

  function readyServers(): MediaServer[] {
    return pool.servers.filter((server) => server.status() === 'ready');
  }

  async function reconcile(found: RunningCall): Promise<void> {
    const call = found.way === 'direct' ? found : await placement.settle(found);
    // Whether Redis answers is known by asking it.
    if (call.way === 'sfu' && (connected.knownSince(call) === null || call.roomName !== found.roomName)) return;
    const participants = await people.look(call);
    if (participants.length > 0 || call.isAwaited) return;
    const hasReturnTime = performance.now() - (connected.knownSince(call) ?? Infinity) < returnMs;
    if (!hasReturnTime && people.emptyForMs(call.id) >= EMPTY_CALL_MS) await endCall(call);
  }

  async function deleteDeadRooms(server: MediaServer): Promise<void> {
    const dead = await moves.deadRooms(db, await server.roomNames());
    await Promise.all(dead.map((room) => server.deleteRoom(room)));
  }

  return {
    sweep,
    /** Answers how to stop it. */
    start: () => repeat(sweep, { everyMs: SWEEP_EVERY_MS, onError }),
  };
}
