import * as z from 'zod/mini';
import { defineEvents } from './contract/events.ts';
import { Timestamp, UserId } from './contract/values.ts';
import { PersonStatus } from './users.values.ts';

export const PEOPLE_WATCHED_MAX = 200;
/** Who was not heard of for so long is offline; a crash shows within this time and one look around (R7). */
export const PRESENCE_LEASE_MS = 35_000;
/** Without input for so long a page says that nobody is at it. */
export const IDLE_AFTER_MS = 5 * 60_000;

/** `away`: connected, but at none of their devices. Who is invisible is `offline` like anyone who is not there. */
export const PresenceState = z.enum(['online', 'away', 'doNotDisturb', 'offline']);
export type PresenceState = z.infer<typeof PresenceState>;

/** A person as somebody who watches them may see them. Whose presence is not theirs to see is `offline`, and no more. */
export const Presence = z.object({
  userId: UserId,
  state: PresenceState,
  /** To the minute. Of who is offline, where it is known and the watcher may see it. */
  lastSeenAt: z.optional(Timestamp),
  /** What they say of themselves, whether they are there or not; over at its `until`, by the device's own clock. */
  status: z.optional(PersonStatus),
});
export type Presence = z.infer<typeof Presence>;

export const presenceEvents = defineEvents({
  presenceChanged: {
    summary: 'What changed of the people watched, each whole; at most once a second (R13).',
    payload: z.object({ people: z.array(Presence) }),
  },
});

export const presenceSignals = defineEvents({
  watchPeople: {
    summary:
      'The people on screen, instead of those before; answered by the present state of those who are new among them. Only fellow members and friends are told of.',
    payload: z.object({ userIds: z.array(UserId).check(z.maxLength(PEOPLE_WATCHED_MAX)) }),
  },
  reportActivity: {
    summary: 'Whether somebody is at this device. Who never says so counts as there while connected (R7).',
    payload: z.object({ isActive: z.boolean() }),
  },
});
