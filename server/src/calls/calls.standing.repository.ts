import type { CallId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import {
  type AllowedDevice,
  CALL_COLUMNS,
  type Call,
  type CallRow,
  MAY_BE_IN,
  NOT_REMOVED,
  toCall,
} from './calls.rows.ts';

/** A call that goes on, with the devices that may be in it now. */
export interface Standing extends Call {
  /** Null: nobody but who began it has come. */
  readonly answeredAt: Date | null;
  readonly devices: readonly AllowedDevice[];
}

type DeviceColumns =
  | { user_id: Buffer; device_id: Buffer; session_id: Buffer; entry_id: Buffer | null; joined_at: Date }
  | { user_id: null };

/** How a call stands at this moment: which way its media go, and who may be in it. */
export const standingRepository = {
  /** Null when it has ended. By the same rules as `findAllowed`. */
  async standing(tx: Tx, callId: CallId): Promise<Standing | null> {
    return (await standings(tx, [callId])).get(callId) ?? null;
  },

  /** The same of many; those that have ended are left out. */
  standings,

  /** From the direct way to a media server. True for the one caller that did. Whoever was let in is awaited again. */
  async moveToServer(tx: Tx, callId: CallId, to: Pick<Call, 'roomName' | 'mediaServer'>): Promise<boolean> {
    const id = toBytes(callId);
    const { affected } = await tx.run(
      `UPDATE calls SET way = 'sfu', room_name = :roomName, media_server = :mediaServer
       WHERE id = :id AND way = 'direct' AND ended_at IS NULL`,
      { id, roomName: to.roomName, mediaServer: to.mediaServer },
    );
    if (affected === 0) return false;
    await tx.run('UPDATE call_devices SET joined_at = UTC_TIMESTAMP(3) WHERE call_id = :id', { id });
    return true;
  },
};

async function standings(tx: Tx, callIds: readonly CallId[]): Promise<ReadonlyMap<CallId, Standing>> {
  const rows = await tx.rows<CallRow & { answered_at: Date | null } & DeviceColumns>(
    `SELECT ${CALL_COLUMNS}, c.answered_at, d.user_id, d.device_id, d.session_id, d.entry_id,
       COALESCE(d.joined_at, UTC_TIMESTAMP(3)) AS joined_at
     FROM calls c
     LEFT JOIN (
       call_devices d
       JOIN sessions s ON s.id = d.session_id AND s.user_id = d.user_id AND s.revoked_at IS NULL
       JOIN members m ON m.user_id = d.user_id AND ${MAY_BE_IN}
     ) ON d.call_id = c.id AND m.chat_id = c.chat_id AND ${NOT_REMOVED}
     WHERE c.id IN (:callIds) AND c.ended_at IS NULL`,
    { callIds: callIds.map(toBytes) },
  );
  const found = new Map<CallId, Standing & { readonly devices: AllowedDevice[] }>();
  for (const row of rows) {
    const call = toCall(row);
    const standing = found.get(call.id) ?? { ...call, answeredAt: row.answered_at, devices: [] };
    if (row.user_id !== null) standing.devices.push(toDevice(call.id, row));
    found.set(call.id, standing);
  }
  return found;
}

function toDevice(callId: CallId, row: Extract<DeviceColumns, { user_id: Buffer }>): AllowedDevice {
  return {
    callId,
    userId: fromBytes(row.user_id),
    deviceId: fromBytes(row.device_id),
    sessionId: fromBytes(row.session_id),
    entryId: row.entry_id && fromBytes(row.entry_id),
    joinedAt: row.joined_at,
  };
}
