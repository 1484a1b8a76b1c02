import * as z from 'zod/mini';
import { DeviceId, Timestamp, UserId, Uuid } from './contract/values.ts';

/**
 * Which way the media of a call go: between the devices themselves, or through the media server. It changes from
 * `direct` to `sfu` at most once.
 */
export const CallWay = z.enum(['direct', 'sfu']);
export type CallWay = z.infer<typeof CallWay>;

/** One way of one device into a direct call. When the same device joins again, its new entry takes the place of the old. */
export const EntryId = Uuid.brand<'EntryId'>();
export type EntryId = z.infer<typeof EntryId>;

/** A device in a direct call, by the entry through which it came. */
export const CallEntry = z.object({ userId: UserId, deviceId: DeviceId, entryId: EntryId, joinedAt: Timestamp });
export type CallEntry = z.infer<typeof CallEntry>;

/** A device in a call, to be spoken to: what is meant for an entry that another has replaced reaches nobody. */
export const EntryAddress = z.pick(CallEntry, { userId: true, deviceId: true, entryId: true });
export type EntryAddress = z.infer<typeof EntryAddress>;

/** As `RTCIceServer` has it. */
export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});
export type IceServer = z.infer<typeof IceServer>;

/** What this device can do, best first; without it the media server alone. */
export const CallWays = z.optional(z.array(CallWay).check(z.minLength(1), z.maxLength(2)));

/** A call's end as its chat may know it: `missed` by all who were asked, `cancelled` before any of them could. */
export const CallOutcome = z.enum(['finished', 'missed', 'declined', 'cancelled']);
export type CallOutcome = z.infer<typeof CallOutcome>;
