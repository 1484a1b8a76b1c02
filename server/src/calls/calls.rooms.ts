import { CallId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import type { Call } from './calls.repository.ts';

/** What the media server must be told after a commit (R8). */
export const REMOVE_TOPIC = 'calls.removeParticipant';
export const DELETE_ROOM_TOPIC = 'calls.deleteRoom';
/** `server` is missing in jobs of the time when there was one media server. */
export const RoomJob = z.object({ server: z.optional(z.nullable(z.string())), room: z.string() });
export const RemoveJob = z.extend(RoomJob, { identity: z.string(), directCallId: z.optional(CallId) });
export type RemoveJob = z.infer<typeof RemoveJob>;

export function roomOf({ mediaServer, roomName }: Pick<Call, 'roomName' | 'mediaServer'>): z.infer<typeof RoomJob> {
  return { server: mediaServer, room: roomName };
}
