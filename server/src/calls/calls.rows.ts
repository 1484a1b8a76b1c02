import type { CallWay, EntryId } from '@dialog/shared/calls.values';
import type { CallId, ChatId, DeviceId, SessionId, UserId } from '@dialog/shared/contract/values';
import type { Row } from '../platform/database.ts';
import { fromBytes } from '../platform/ids.ts';
import { BARS } from '../platform/mysql/memberBars.ts';

export interface Call {
  readonly id: CallId;
  readonly chatId: ChatId;
  readonly roomName: string;
  /** The name of the one it is on; null: of none yet, or of the only one. */
  readonly mediaServer: string | null;
  readonly startedBy: UserId;
  readonly startedAt: Date;
  readonly way: CallWay;
  /** Begun with pictures. */
  readonly isVideo: boolean;
}

/** One device's place in a call. */
export interface CallDevice {
  readonly callId: CallId;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** A device that may be in a call at this moment. */
export interface AllowedDevice extends CallDevice {
  readonly sessionId: SessionId;
  /** The newest one, of a device that came into a direct call. */
  readonly entryId: EntryId | null;
  readonly joinedAt: Date;
}

export interface CallRow extends Row {
  readonly id: Buffer;
  readonly chat_id: Buffer;
  readonly room_name: string;
  readonly media_server: string | null;
  readonly started_by: Buffer;
  readonly started_at: Date;
  readonly way: CallWay;
  readonly is_video: number;
}

/** Still in the chat, and hearing of it: in a direct chat whoever has blocked the other does not. */
export const MAY_BE_IN = `m.role IS NOT NULL AND m.bars & ${BARS.blocks} = 0`;

/** A moderator's removal holds for all devices of a person. */
export const NOT_REMOVED =
  'NOT EXISTS (SELECT 1 FROM call_removals r WHERE r.call_id = d.call_id AND r.user_id = d.user_id)';

export const CALL_COLUMNS =
  'c.id, c.chat_id, c.room_name, c.media_server, c.started_by, c.started_at, c.way, c.is_video';

export function toCall(row: CallRow): Call {
  return {
    id: fromBytes(row.id),
    chatId: fromBytes(row.chat_id),
    roomName: row.room_name,
    mediaServer: row.media_server,
    startedBy: fromBytes(row.started_by),
    startedAt: row.started_at,
    way: row.way,
    isVideo: row.is_video === 1,
  };
}
