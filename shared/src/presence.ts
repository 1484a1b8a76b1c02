import * as z from 'zod/mini';
import { defineEvents } from './contract/events.ts';
import { UserId } from './contract/values.ts';

export const PEOPLE_WATCHED_MAX = 200;
/** Who was not heard of for so long is offline; a crash shows within this time (R7). */
export const PRESENCE_LEASE_MS = 40_000;

export const Presence = z.object({ userId: UserId, isOnline: z.boolean() });
export type Presence = z.infer<typeof Presence>;

export const presenceEvents = defineEvents({
  presenceChanged: {
    summary: 'Who of the people watched came or went; at most once a second (R13).',
    payload: z.object({ people: z.array(Presence) }),
  },
});

export const presenceSignals = defineEvents({
  watchPeople: {
    summary:
      'The people on screen, instead of those before; answered by their present state. Only fellow members are told of.',
    payload: z.object({ userIds: z.array(UserId).check(z.maxLength(PEOPLE_WATCHED_MAX)) }),
  },
});
