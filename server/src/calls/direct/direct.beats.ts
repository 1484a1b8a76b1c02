import type { CallEntry, EntryAddress, EntryId } from '@dialog/shared/calls.values';
import type { CallId } from '@dialog/shared/contract/values';
import type { Database } from '../../platform/database.ts';
import type { DialogSocket, Sockets } from '../../platform/sockets/sockets.ts';
import type { CallPeopleWatch } from '../calls.people.ts';
import type { Call, CallRepository } from '../calls.repository.ts';
import type { CallLeases } from './direct.leases.ts';

interface Deps {
  readonly db: Database;
  readonly calls: Pick<CallRepository, 'standing'>;
  readonly leases: CallLeases;
  readonly people: Pick<CallPeopleWatch, 'entered'>;
  readonly sockets: Pick<Sockets, 'onSignal'>;
  readonly onError: (error: unknown) => void;
}

/**
 * Hears that a device is in a direct call. The first time over a socket, and whenever its lease has ended, the database
 * says whether it may be; after that a beat is one word to Redis.
 */
export function hearBeats({ db, calls, leases, people, sockets, onError }: Deps): void {
  async function beat(socket: DialogSocket, callId: CallId, entry: EntryAddress): Promise<void> {
    if (socket.rooms.has(entryRoom(entry.entryId)) && (await leases.renew(callId, entry))) return;
    const call = await allowed(socket, callId, entry);
    // The same word for all who are not in it, whether there is such a call or not.
    if (!call || !(await leases.begin(callId, entry)))
      return socket.tell('callEntriesChanged', { callId, entries: [], admitted: [] });
    leaveEarlierEntries(socket);
    socket.join(entryRoom(entry.entryId));
    socket.tell('callEntriesChanged', { callId, ...(await people.entered(call)) });
  }

  /** The call, if this session let in this device, and this entry is its newest one. */
  async function allowed({ caller }: DialogSocket, callId: CallId, entry: EntryAddress): Promise<Call | null> {
    const standing = await calls.standing(db, callId);
    const device = standing?.devices.find(
      ({ userId, deviceId, entryId, sessionId }) =>
        userId === entry.userId &&
        deviceId === entry.deviceId &&
        entryId === entry.entryId &&
        sessionId === caller.sessionId,
    );
    return standing?.way === 'direct' && device ? standing : null;
  }

  sockets.onSignal('beatCall', (socket, { callId, deviceId, entryId }) => {
    beat(socket, callId, { userId: socket.caller.userId, deviceId, entryId }).catch(onError);
  });
}

/** Joined by the sockets of an entry. */
export function entryRoom(entryId: EntryId): string {
  return `entry:${entryId}`;
}

/** A page speaks in one call, and has one more on hold at most. */
const ENTRIES_MAX = 2;

/** Makes room for one more. Rooms stand in the order in which they were joined. */
function leaveEarlierEntries(socket: DialogSocket): void {
  const entered = [...socket.rooms].filter((room) => room.startsWith('entry:'));
  for (const room of entered.slice(0, Math.max(0, entered.length + 1 - ENTRIES_MAX))) socket.leave(room);
}

export function isSameDevice(one: Omit<CallEntry, 'entryId' | 'joinedAt'>, other: typeof one): boolean {
  return one.userId === other.userId && one.deviceId === other.deviceId;
}
