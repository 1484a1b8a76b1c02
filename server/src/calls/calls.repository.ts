import type { EntryId } from '@dialog/shared/calls.values';
import type { CallId, ChatId, DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import type { Tx } from '../platform/database.ts';
import { fromBytes, toBytes } from '../platform/ids.ts';
import {
  CALL_COLUMNS,
  type Call,
  type CallDevice,
  type CallRow,
  MAY_BE_IN,
  NOT_REMOVED,
  toCall,
} from './calls.rows.ts';
import { standingRepository } from './calls.standing.repository.ts';

export type { AllowedDevice, Call, CallDevice } from './calls.rows.ts';

/** A call that goes on, as the sweep needs it. */
export interface RunningCall extends Call {
  /** By the database's clock someone was let in, or all had to move, a moment ago, and may still be on the way. */
  readonly isAwaited: boolean;
}

/** By what a device comes into a call. */
interface Admitted {
  readonly sessionId: SessionId;
  /** Into a direct one. */
  readonly entryId: EntryId | null;
  /** Not in it yet. */
  readonly isAhead: boolean;
}

const AWAITED_SECONDS = 20;
/** After a move everyone has this long to come to the new media server. */
const MOVING_SECONDS = 45;
/** More calls at once than one installation will see; the sweep stays bounded all the same. */
const RUNNING_MAX = 2_000;

const isAwaited = (callId: string): string =>
  `(EXISTS (SELECT 1 FROM call_devices d WHERE d.call_id = ${callId} AND d.joined_at > UTC_TIMESTAMP(3) - INTERVAL ${AWAITED_SECONDS} SECOND)
    OR EXISTS (SELECT 1 FROM call_moves v WHERE v.call_id = ${callId} AND v.moved_at > UTC_TIMESTAMP(3) - INTERVAL ${MOVING_SECONDS} SECOND))`;

/** The rows of `calls` and `call_devices`, and what of sessions and members decides who may be in a call. */
export const callRepository = {
  ...standingRepository,

  async insert(tx: Tx, call: Call): Promise<void> {
    await tx.run(
      `INSERT INTO calls (id, chat_id, room_name, media_server, started_by, started_at, way, is_video)
       VALUES (:id, :chatId, :roomName, :mediaServer, :startedBy, :startedAt, :way, :isVideo)`,
      {
        id: toBytes(call.id),
        chatId: toBytes(call.chatId),
        roomName: call.roomName,
        mediaServer: call.mediaServer,
        startedBy: toBytes(call.startedBy),
        startedAt: call.startedAt,
        way: call.way,
        isVideo: call.isVideo,
      },
    );
  },

  /** Until the transaction ends nobody ends it. False: it has ended. */
  async hold(tx: Tx, callId: CallId): Promise<boolean> {
    const rows = await tx.rows('SELECT 1 FROM calls WHERE id = :id AND ended_at IS NULL FOR UPDATE', {
      id: toBytes(callId),
    });
    return rows.length > 0;
  },

  /** Also those that have ended. */
  async find(tx: Tx, callId: CallId): Promise<(Call & { readonly hasEnded: boolean }) | null> {
    const [row] = await tx.rows<CallRow & { ended_at: Date | null }>(
      `SELECT ${CALL_COLUMNS}, c.ended_at FROM calls c WHERE c.id = :id`,
      { id: toBytes(callId) },
    );
    return row ? { ...toCall(row), hasEnded: row.ended_at !== null } : null;
  },

  /** The call if it goes on and this person is in its chat now. */
  async findAsMember(
    tx: Tx,
    callId: CallId,
    userId: UserId,
  ): Promise<(Call & { readonly displayName: string }) | null> {
    const [row] = await tx.rows<CallRow & { display_name: string }>(
      `SELECT ${CALL_COLUMNS}, u.display_name FROM calls c
       JOIN members m ON m.chat_id = c.chat_id AND m.user_id = :userId AND m.role IS NOT NULL
       JOIN users u ON u.id = m.user_id
       WHERE c.id = :id AND c.ended_at IS NULL`,
      { id: toBytes(callId), userId: toBytes(userId) },
    );
    return row ? { ...toCall(row), displayName: row.display_name } : null;
  },

  /**
   * The call in this room, if this device may be in it at this moment: it goes on, the session that let the device in
   * lives, and the person is a member of its chat, was not removed from the call and has not blocked the other one there.
   */
  async findAllowed(tx: Tx, roomName: string, device: Pick<CallDevice, 'userId' | 'deviceId'>): Promise<Call | null> {
    const [row] = await tx.rows<CallRow>(
      `SELECT ${CALL_COLUMNS} FROM calls c
       JOIN call_devices d ON d.call_id = c.id AND d.user_id = :userId AND d.device_id = :deviceId
       JOIN sessions s ON s.id = d.session_id AND s.user_id = d.user_id AND s.revoked_at IS NULL
       JOIN members m ON m.chat_id = c.chat_id AND m.user_id = d.user_id AND ${MAY_BE_IN}
       WHERE c.room_name = :roomName AND c.ended_at IS NULL AND ${NOT_REMOVED}`,
      { roomName, userId: toBytes(device.userId), deviceId: toBytes(device.deviceId) },
    );
    return row ? toCall(row) : null;
  },

  async findRunningByRoom(tx: Tx, roomName: string): Promise<Call | null> {
    const [row] = await tx.rows<CallRow>(
      `SELECT ${CALL_COLUMNS} FROM calls c WHERE c.room_name = :roomName AND c.ended_at IS NULL`,
      { roomName },
    );
    return row ? toCall(row) : null;
  },

  async findRunningByChat(tx: Tx, chatId: ChatId): Promise<Call | null> {
    const [row] = await tx.rows<CallRow>(
      `SELECT ${CALL_COLUMNS} FROM calls c WHERE c.chat_id = :chatId AND c.ended_at IS NULL LIMIT 1`,
      { chatId: toBytes(chatId) },
    );
    return row ? toCall(row) : null;
  },

  async listRunning(tx: Tx): Promise<RunningCall[]> {
    const rows = await tx.rows<CallRow & { is_awaited: number }>(
      `SELECT ${CALL_COLUMNS}, ${isAwaited('c.id')} AS is_awaited
       FROM calls c WHERE c.ended_at IS NULL ORDER BY c.id LIMIT ${RUNNING_MAX}`,
    );
    return rows.map((row) => ({ ...toCall(row), isAwaited: row.is_awaited === 1 }));
  },

  /** The calls that go on to which this person was let in. */
  async listRunningOf(tx: Tx, userId: UserId): Promise<Call[]> {
    const rows = await tx.rows<CallRow>(
      `SELECT DISTINCT ${CALL_COLUMNS} FROM call_devices d JOIN calls c ON c.id = d.call_id AND c.ended_at IS NULL
       WHERE d.user_id = :userId`,
      { userId: toBytes(userId) },
    );
    return rows.map(toCall);
  },

  /** The call that goes on in the direct chat of the two. */
  async findRunningBetween(tx: Tx, userId: UserId, otherId: UserId): Promise<Call | null> {
    const [row] = await tx.rows<CallRow>(
      `SELECT ${CALL_COLUMNS} FROM members m
       JOIN members n ON n.chat_id = m.chat_id AND n.user_id = :otherId
       JOIN chats h ON h.id = m.chat_id AND h.kind = 'direct'
       JOIN calls c ON c.chat_id = m.chat_id AND c.ended_at IS NULL
       WHERE m.user_id = :userId LIMIT 1`,
      { userId: toBytes(userId), otherId: toBytes(otherId) },
    );
    return row ? toCall(row) : null;
  },

  /** True for the one caller that ended it. */
  async end(tx: Tx, callId: CallId, endedAt: Date): Promise<boolean> {
    const { affected } = await tx.run('UPDATE calls SET ended_at = :endedAt WHERE id = :id AND ended_at IS NULL', {
      id: toBytes(callId),
      endedAt,
    });
    if (affected === 0) return false;
    await tx.run('DELETE FROM call_devices WHERE call_id = :id', { id: toBytes(callId) });
    await tx.run('DELETE FROM call_removals WHERE call_id = :id', { id: toBytes(callId) });
    await tx.run('DELETE FROM call_silences WHERE call_id = :id', { id: toBytes(callId) });
    return true;
  },

  /** Those of a chat that is gone; none of them goes on. */
  async removeOfChat(tx: Tx, chatId: ChatId): Promise<void> {
    const ofChat = { chatId: toBytes(chatId) };
    await tx.run('DELETE v FROM call_moves v JOIN calls c ON c.id = v.call_id WHERE c.chat_id = :chatId', ofChat);
    await tx.run('DELETE FROM calls WHERE chat_id = :chatId', ofChat);
  },

  /** Whether a moderator has removed this person from it. */
  async isRemoved(tx: Tx, callId: CallId, userId: UserId): Promise<boolean> {
    const rows = await tx.rows('SELECT 1 FROM call_removals WHERE call_id = :callId AND user_id = :userId', {
      callId: toBytes(callId),
      userId: toBytes(userId),
    });
    return rows.length > 0;
  },

  /**
   * Notes which session lets this device in, and from when it counts as in it, by the database's clock. An entry stands
   * until there is another, and who is in stays so.
   */
  async admit(tx: Tx, device: CallDevice, by: Admitted): Promise<void> {
    await tx.run(
      `INSERT INTO call_devices (call_id, user_id, device_id, session_id, entry_id, joined_at)
       VALUES (:callId, :userId, :deviceId, :sessionId, :entryId, ${by.isAhead ? 'NULL' : 'UTC_TIMESTAMP(3)'})
       ON DUPLICATE KEY UPDATE session_id = VALUES(session_id), entry_id = COALESCE(VALUES(entry_id), entry_id),
         joined_at = COALESCE(VALUES(joined_at), joined_at)`,
      { ...deviceValues(device), sessionId: toBytes(by.sessionId), entryId: by.entryId && toBytes(by.entryId) },
    );
    await tx.run('UPDATE calls SET alone_at = NULL WHERE id = :id AND alone_at IS NOT NULL', {
      id: toBytes(device.callId),
    });
  },

  /** Somebody hung up: whether one person is left alone by that is looked at, and since when is noted. */
  async hungUp(tx: Tx, callId: CallId, at: Date): Promise<void> {
    await tx.run(
      `UPDATE calls SET alone_at = :at WHERE id = :id AND ended_at IS NULL
         AND (SELECT COUNT(DISTINCT user_id) FROM call_devices WHERE call_id = :id AND joined_at IS NOT NULL) = 1`,
      { id: toBytes(callId), at },
    );
  },

  /** Who was let in ahead of time is in it from now on. */
  async arrive(tx: Tx, device: CallDevice): Promise<void> {
    await tx.run(
      `UPDATE call_devices SET joined_at = UTC_TIMESTAMP(3)
       WHERE call_id = :callId AND user_id = :userId AND device_id = :deviceId AND joined_at IS NULL`,
      deviceValues(device),
    );
  },

  /** False: it was not let in. */
  async dismiss(tx: Tx, device: CallDevice): Promise<boolean> {
    const { affected } = await tx.run(
      'DELETE FROM call_devices WHERE call_id = :callId AND user_id = :userId AND device_id = :deviceId',
      deviceValues(device),
    );
    return affected > 0;
  },

  /** True when someone may still be on the way. */
  async isAwaited(tx: Tx, callId: CallId): Promise<boolean> {
    const [row] = await tx.rows<{ is_awaited: number }>(`SELECT ${isAwaited(':callId')} AS is_awaited`, {
      callId: toBytes(callId),
    });
    return row?.is_awaited === 1;
  },

  /** Whether anybody, or this person, is in it by what was let in; who was so ahead of time is not. */
  async hasDevices(tx: Tx, callId: CallId, userId?: UserId): Promise<boolean> {
    const rows = await tx.rows(
      `SELECT 1 FROM call_devices WHERE call_id = :callId AND joined_at IS NOT NULL
         ${userId ? 'AND user_id = :userId' : ''} LIMIT 1`,
      { callId: toBytes(callId), userId: userId ? toBytes(userId) : null },
    );
    return rows.length > 0;
  },

  /** A person's devices in a call, the last one let in first. */
  async devicesOf(tx: Tx, callId: CallId, userId: UserId): Promise<DeviceId[]> {
    const rows = await tx.rows<{ device_id: Buffer }>(
      'SELECT device_id FROM call_devices WHERE call_id = :callId AND user_id = :userId ORDER BY joined_at DESC, device_id DESC',
      {
        callId: toBytes(callId),
        userId: toBytes(userId),
      },
    );
    return rows.map((row) => fromBytes(row.device_id));
  },

  /** What these sessions let into calls that go on. */
  async devicesOfSessions(
    tx: Tx,
    sessionIds: readonly SessionId[],
  ): Promise<(CallDevice & Pick<Call, 'roomName' | 'mediaServer' | 'way'>)[]> {
    if (sessionIds.length === 0) return [];
    const rows = await tx.rows<
      Pick<CallRow, 'room_name' | 'media_server' | 'way'> & { call_id: Buffer; user_id: Buffer; device_id: Buffer }
    >(
      `SELECT d.call_id, d.user_id, d.device_id, c.room_name, c.media_server, c.way FROM call_devices d JOIN calls c ON c.id = d.call_id AND c.ended_at IS NULL
       WHERE d.session_id IN (:sessionIds)`,
      { sessionIds: sessionIds.map(toBytes) },
    );
    return rows.map((row) => ({
      callId: fromBytes(row.call_id),
      userId: fromBytes(row.user_id),
      deviceId: fromBytes(row.device_id),
      roomName: row.room_name,
      mediaServer: row.media_server,
      way: row.way,
    }));
  },

  /** The name of the chat's broadcast room carries its epoch. */
  async epochOf(tx: Tx, chatId: ChatId): Promise<number | null> {
    const [row] = await tx.rows<{ epoch: number }>('SELECT epoch FROM chats WHERE id = :chatId', {
      chatId: toBytes(chatId),
    });
    return row ? row.epoch : null;
  },
};

export type CallRepository = typeof callRepository;

function deviceValues({ callId, userId, deviceId }: CallDevice) {
  return { callId: toBytes(callId), userId: toBytes(userId), deviceId: toBytes(deviceId) };
}
