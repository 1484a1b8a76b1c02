import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { Call } from './calls.repository.ts';

/** The rows of `call_moves`: which rooms calls have left, and how one leaves its room. */
export const callMovesRepository = {
  /** To another media server. True for the one caller that moved it from where it was. */
  async move(tx: Tx, call: Call, to: Pick<Call, 'roomName' | 'mediaServer'>): Promise<boolean> {
    const place = { id: toBytes(call.id), from: call.roomName, roomName: to.roomName, mediaServer: to.mediaServer };
    const { affected } = await tx.run(
      'UPDATE calls SET room_name = :roomName, media_server = :mediaServer WHERE id = :id AND room_name = :from AND ended_at IS NULL',
      place,
    );
    if (affected === 0) return false;
    await tx.run(
      'INSERT INTO call_moves (room_name, call_id, media_server, moved_at) VALUES (:from, :id, :left, UTC_TIMESTAMP(3))',
      { ...place, left: call.mediaServer },
    );
    return true;
  },

  /** Which of these rooms belong to calls that have ended or gone elsewhere. Rooms we never made are not ours to judge. */
  async deadRooms(tx: Tx, roomNames: readonly string[]): Promise<string[]> {
    if (roomNames.length === 0) return [];
    const rows = await tx.rows<{ room_name: string }>(
      `SELECT room_name FROM calls WHERE room_name IN (:roomNames) AND ended_at IS NOT NULL
       UNION SELECT room_name FROM call_moves WHERE room_name IN (:roomNames)`,
      { roomNames },
    );
    return rows.map((row) => row.room_name);
  },
};

export type CallMovesRepository = typeof callMovesRepository;
