import { CANDIDATES_MAX, type CallSignal } from '@dialog/shared/calls.direct.values';
import type { EntryAddress, EntryId } from '@dialog/shared/calls.values';
import type { EventPayload } from '../../platform/sockets/sockets.ts';
import type { CallId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../../platform/appError.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller } from '../../platform/http/router.ts';
import type { AllowedDevice, CallRepository } from '../calls.repository.ts';

/** Entries whose candidates are counted on this node at a time. */
const COUNTED_MAX = 5_000;

export interface Signal {
  readonly callId: CallId;
  readonly deviceId: DeviceId;
  readonly entryId: EntryId;
  readonly to: EntryAddress;
  readonly signal: CallSignal;
}

interface Deps {
  readonly db: Database;
  readonly calls: Pick<CallRepository, 'standing'>;
  readonly requireCall: (callId: CallId, userId: UserId) => Promise<unknown>;
  /** To the sockets of an entry, on all nodes. */
  readonly tell: (entryId: EntryId, signalled: EventPayload<'callSignalled'>) => void;
}

export type SignalCall = ReturnType<typeof createSignalCall>;

/**
 * Passes on what one device in a direct call says to the other. At each word the database is asked whether both may be
 * in this call at this moment, each by its newest entry; nothing of it is kept (SECURITY 24).
 */
export function createSignalCall({ db, calls, requireCall, tell }: Deps) {
  const takeCandidate = createCandidateCount();

  return async (caller: Caller, { callId, deviceId, entryId, to, signal }: Signal): Promise<Record<string, never>> => {
    const from: EntryAddress = { userId: caller.userId, deviceId, entryId };
    const standing = await calls.standing(db, callId);
    const speaker = standing?.devices.find((device) => isEntry(device, from) && device.sessionId === caller.sessionId);
    const hearer = standing?.devices.find((device) => isEntry(device, to));
    if (standing?.way !== 'direct' || !speaker || !hearer || speaker === hearer) {
      await requireCall(callId, caller.userId);
      throw new AppError('not-allowed', 'these two are not both in this direct call');
    }
    takeCandidate(entryId, signal.kind);
    tell(to.entryId, { callId, from, to, signal });
    return {};
  };
}

function isEntry(device: AllowedDevice, entry: EntryAddress): boolean {
  return device.userId === entry.userId && device.deviceId === entry.deviceId && device.entryId === entry.entryId;
}

/** Counts the candidates of each entry, from one of its descriptions to the next. */
function createCandidateCount() {
  const counts = new Map<EntryId, number>();
  return (entryId: EntryId, kind: CallSignal['kind']): void => {
    if (kind === 'description') counts.delete(entryId);
    if (kind !== 'candidate') return;
    const count = (counts.get(entryId) ?? 0) + 1;
    if (count > CANDIDATES_MAX) throw new AppError('limit-reached', 'no more candidates before the next description');
    for (const oldest of counts.keys()) {
      if (counts.size < COUNTED_MAX) break;
      counts.delete(oldest);
    }
    counts.set(entryId, count);
  };
}
