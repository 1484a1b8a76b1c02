import type { UserId } from '@dialog/shared/contract/values';
import type { Presence, PresenceState } from '@dialog/shared/presence';
import type { PersonStatus } from '@dialog/shared/users.values';
import { presenceChosenAt } from '@dialog/shared/settings.values';
import type { Attendance } from './presence.leases.ts';
import type { Chosen } from './presence.repository.ts';

/** What nodes tell each other of a person; what is not named stays. */
export interface PresenceFact {
  readonly userId: UserId;
  readonly attendance?: Attendance;
  readonly chosen?: Chosen;
  /** When they were last there; milliseconds. */
  readonly seenAt?: number | null;
  readonly status?: PersonStatus | null;
}

/** Somebody who is on a screen of this node. */
export interface Known {
  readonly userId: UserId;
  attendance: Attendance;
  chosen: Chosen;
  seenAt: number | null;
  status: PersonStatus | null;
  /** As those see them who may; the same object until it changes. */
  open: Presence;
  /** As all others see them. */
  closed: Presence;
}

export const NOTHING_CHOSEN: Chosen = { choice: 'automatic', until: null, revision: 0 };

export function aKnown(userId: UserId): Known {
  const nothing: Presence = { userId, state: 'offline' };
  return {
    userId,
    attendance: 'absent',
    chosen: NOTHING_CHOSEN,
    seenAt: null,
    status: null,
    open: nothing,
    closed: nothing,
  };
}

/** True when that changes what anyone sees. */
export function learn(known: Known, fact: Omit<PresenceFact, 'userId'>, now: number): boolean {
  known.attendance = fact.attendance ?? known.attendance;
  known.chosen = laterOf(known.chosen, fact.chosen);
  if (typeof fact.seenAt === 'number') known.seenAt = Math.max(fact.seenAt, known.seenAt ?? 0);
  const { status = known.status } = fact;
  if (JSON.stringify(status) !== JSON.stringify(known.status)) return say(known, status, now);
  return look(known, now);
}

function say(known: Known, status: PersonStatus | null, now: number): true {
  known.status = status;
  const { userId } = known;
  known.closed = { userId, state: 'offline', ...(status ? { status } : {}) };
  known.open = known.closed;
  look(known, now);
  return true;
}

/** The person's own revision says which of two choices is the later one. */
export function laterOf(known: Chosen, heard: Chosen = known): Chosen {
  return heard.revision >= known.revision ? heard : known;
}

/** What is shown of them now: what was chosen for a time runs out without anybody telling. */
export function look(known: Known, now: number): boolean {
  const state = stateOf(known, now);
  const { userId, seenAt, status, open } = known;
  const lastSeenAt = state === 'offline' && seenAt !== null ? new Date(seenAt).toISOString() : undefined;
  if (open.state === state && open.lastSeenAt === lastSeenAt) return false;
  known.open = { userId, state, ...(lastSeenAt === undefined ? {} : { lastSeenAt }), ...(status ? { status } : {}) };
  return true;
}

function stateOf({ attendance, chosen }: Known, now: number): PresenceState {
  const choice = presenceChosenAt(chosen, now);
  if (attendance === 'absent' || choice === 'invisible') return 'offline';
  if (choice === 'doNotDisturb') return 'doNotDisturb';
  return attendance === 'active' ? 'online' : 'away';
}
