import { callEvents, type CallParticipant, type CallPeople } from '@dialog/shared/calls';
import { CallEntry, type CallWay, EntryId } from '@dialog/shared/calls.values';
import { type CallId, type ChatId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import type { Database } from '../platform/database.ts';
import type { CallAsking } from './calls.asking.ts';
import type { Connected, ConnectedDevices } from './calls.connected.ts';
import type { AllowedDevice, Call, CallRepository } from './calls.repository.ts';
import { identityOf } from './identity.ts';

/** How often a call's people are looked up and told at most. */
const LOOK_EVERY_MS = 1_000;
const TOPIC = 'callPeople';

interface Bus {
  publish(topic: string, payload: unknown): void;
  on(topic: string, hear: (payload: unknown) => void): void;
}

export interface PeopleDeps {
  readonly db: Database;
  readonly calls: Pick<CallRepository, 'epochOf'>;
  readonly connected: ConnectedDevices;
  readonly bus: Bus;
  /** To everyone who has the chat, on all nodes. */
  readonly tellChat: (chat: { readonly chatId: ChatId; readonly epoch: number }, people: CallPeople) => void;
  /** To the devices in a direct call, and to those that were, who is in it. */
  readonly tellEntries: (callId: CallId, told: Entries & { readonly before: readonly CallEntry[] }) => void;
  /** To all devices of one person. */
  readonly tellPerson: (userId: UserId, people: CallPeople) => void;
  /** How it stands, and of whom only who is in the call with them may know that they are. */
  readonly ask: CallAsking;
  /** A device was seen that was not there before; may be told more than once. */
  readonly joined: (call: Call, device: Pick<CallParticipant, 'userId' | 'deviceId'>) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export type CallPeopleWatch = ReturnType<typeof createCallPeople>;

/** Those of a direct call, by which its devices know each other. */
interface Entries {
  readonly entries: readonly CallEntry[];
  /** Of whoever may be in it, also while they do not say that they are. */
  readonly admitted: readonly EntryId[];
}

/** Among the nodes; what a chat is told leaves those out who are invisible. */
const ToldAmongNodes = z.object({
  people: callEvents.callPeopleChanged.payload,
  hidden: z.array(UserId),
  entries: z.array(CallEntry),
  admitted: z.optional(z.array(EntryId)),
});

interface Watched extends Entries {
  participants: readonly CallParticipant[];
  /** Those of them who are invisible: named only to their own devices. */
  hidden: readonly UserId[];
  /** Null: nobody but who began it has come. */
  answeredAt: string | null;
  way: CallWay;
  /** Seen, and what follows from that was not done yet. */
  owed: ReadonlySet<string>;
  lookedAt: number;
  /** Looks begun so far; of two at once the one that began later counts. */
  looks: number;
  /** The last one that counted. */
  counted: number;
  /** Since when nobody was seen, by this process's monotonic clock; null while someone is there. */
  emptySince: number | null;
  timer: NodeJS.Timeout | undefined;
}

type Seen = Entries & Pick<Watched, 'participants' | 'hidden' | 'answeredAt'>;
type Shown = Pick<CallPeople, 'participants' | 'answeredAt'>;

/**
 * Who is in which call. The media server knows, or the leases of a direct call; this looks, at most once a second for a
 * call, throws out who may not be there, and tells the chat when it changed. Nothing here is kept for good: another look
 * makes it anew (R7). Who is invisible is seen by those in the call alone, whom the media server tells, and this itself
 * where there is none.
 */
export function createCallPeople(deps: PeopleDeps) {
  const { db, calls, connected, bus, tellChat, tellEntries, tellPerson, ask, onError } = deps;
  const watched = new Map<CallId, Watched>();

  // A node that another one told keeps up, so that its own sweep does not tell the same again.
  bus.on(TOPIC, (payload) => {
    const { people, hidden, entries, admitted = entries.map(idOf) } = z.parse(ToldAmongNodes, payload);
    const { participants, answeredAt = null } = people;
    Object.assign(known(people.callId), { participants, hidden, entries, admitted, answeredAt });
  });

  function known(callId: CallId): Watched {
    const found = watched.get(callId) ?? {
      participants: [],
      hidden: [],
      entries: [],
      admitted: [],
      answeredAt: null,
      way: 'sfu' as const,
      owed: new Set<string>(),
      ...{ looks: 0, counted: 0 },
      lookedAt: Number.NEGATIVE_INFINITY,
      emptySince: null,
      timer: undefined,
    };
    watched.set(callId, found);
    return found;
  }

  /** Looks now and tells what is new. Answers who is in the call. */
  async function look(call: Call): Promise<readonly CallParticipant[]> {
    const now = known(call.id);
    clearTimeout(now.timer);
    now.timer = undefined;
    now.lookedAt = performance.now();
    now.looks += 1;
    const turn = now.looks;

    const { participants, ...inside } = await lookInside(call);
    const userIds = [...new Set(participants.map(({ userId }) => userId))].toSorted();
    const invisible = userIds.length > 0 ? await ask.invisibleAmong(userIds) : undefined;
    const hidden = userIds.filter((userId) => invisible?.has(userId));
    if (turn < now.counted) return participants;
    now.counted = turn;
    now.emptySince = participants.length > 0 ? null : (now.emptySince ?? performance.now());
    greet(call, { now, participants });
    await keep(call, now, { participants, hidden, ...inside });
    return participants;
  }

  /** What is known now, here and on the other nodes; what of it is new is told. */
  async function keep(call: Call, now: Watched, seen: Seen): Promise<void> {
    const { participants, hidden, entries, admitted, answeredAt } = seen;
    const before = { ...now };
    Object.assign(now, seen);
    const isOtherwise =
      !isSame(before.participants, participants) ||
      before.hidden.join() !== hidden.join() ||
      before.answeredAt !== answeredAt;
    const haveEntriesChanged =
      before.entries.map(idOf).join() !== entries.map(idOf).join() || before.admitted.join() !== admitted.join();
    if (haveEntriesChanged && now.way === 'direct') tellEntries(call.id, { entries, admitted, before: before.entries });
    if (isOtherwise || haveEntriesChanged)
      bus.publish(TOPIC, {
        people: { chatId: call.chatId, callId: call.id, participants, ...answered(answeredAt) },
        ...{ hidden, entries, admitted },
      });
    if (isOtherwise) await tell(call, seen);
  }

  /** What follows from a newcomer is tried again at the next look, until it is done. */
  function greet(call: Call, { now, participants }: { now: Watched; participants: readonly CallParticipant[] }): void {
    const before = new Set(now.participants.map(identityOf));
    const { owed } = now;
    now.owed = new Set();
    for (const one of participants) {
      const identity = identityOf(one);
      if (before.has(identity) && !owed.has(identity)) continue;
      deps
        .joined(call, one)
        // By that it may have been answered.
        .then(() => now.answeredAt === null && one.userId !== call.startedBy && stir(call))
        .catch((error: unknown) => {
          now.owed = new Set([...now.owed, identity]);
          onError(error);
        });
    }
  }

  async function tell(call: Call, now: Seen): Promise<void> {
    const { chatId, id: callId } = call;
    const epoch = await calls.epochOf(db, chatId);
    if (epoch !== null) tellChat({ chatId, epoch }, { chatId, callId, ...shownTo(null, now) });
    if (now.hidden.length === 0) return;
    // After what their chat was told, so that their own devices end up with what only those in the call may know.
    for (const userId of new Set(now.participants.map((one) => one.userId)))
      tellPerson(userId, { chatId, callId, ...shownTo(userId, now) });
  }

  /** Who is connected, of those who may be; the others are thrown out. */
  async function lookInside(call: Call): Promise<Omit<Seen, 'hidden'>> {
    const standing = await ask.standing(call.id);
    if (!standing) return { participants: [], entries: [], admitted: [], answeredAt: null };
    known(call.id).way = standing.way;
    const allowed = new Map(standing.devices.map((device) => [identityOf(device), device]));
    const inside = new Map<string, CallEntry | CallParticipant>();
    const strangers: Connected[] = [];
    for (const one of await connected.in(standing)) {
      const device = allowed.get(one.identity);
      if (!device || (one.entryId !== null && one.entryId !== device.entryId)) strangers.push(one);
      else if (!inside.has(one.identity)) inside.set(one.identity, toPresent(device, one));
    }
    await Promise.all(strangers.map((stranger) => connected.cut(standing, stranger)));
    const present = [...inside.values()].toSorted(byArrival);
    return {
      participants: present.map(({ userId, deviceId, joinedAt }) => ({ userId, deviceId, joinedAt })),
      entries: present.filter((one) => 'entryId' in one),
      admitted: standing.devices.flatMap(({ entryId }) => entryId ?? []).toSorted(),
      answeredAt: standing.answeredAt?.toISOString() ?? null,
    };
  }

  /** Something moved in this call: looks at once, or when a second has passed since the last look. */
  function stir(call: Call): void {
    const now = known(call.id);
    if (now.timer) return;
    const waitMs = Math.max(0, now.lookedAt + LOOK_EVERY_MS - performance.now());
    now.timer = setTimeout(() => {
      look(call).catch(onError);
    }, waitMs);
    now.timer.unref();
  }

  return {
    look,

    /** Somebody has come into a direct call: tells at once, and answers which devices are in it, and may be. */
    async entered(call: Call): Promise<{ entries: CallEntry[]; admitted: EntryId[] }> {
      await look(call);
      // Two who come at once on two nodes may each have been seen alone.
      stir(call);
      const { entries, admitted } = known(call.id);
      return { entries: [...entries], admitted: [...admitted] };
    },

    stir,

    /** As this member may see it; as of a second ago at most. While nobody can tell, who was there last. */
    async recent(call: Call, viewer: UserId): Promise<Shown> {
      const now = known(call.id);
      const isFresh = performance.now() - now.lookedAt < LOOK_EVERY_MS;
      if (!isFresh && connected.knownSince(call) !== null) await look(call).catch(() => undefined);
      return shownTo(viewer, now);
    },

    /** How long nobody has been seen in it by this node, in ms. */
    emptyForMs(callId: CallId): number {
      const since = watched.get(callId)?.emptySince ?? null;
      return since === null ? 0 : performance.now() - since;
    },

    forget(callId: CallId): void {
      clearTimeout(watched.get(callId)?.timer);
      watched.delete(callId);
    },

    /** Forgets the calls that no longer go on. */
    keepOnly(callIds: ReadonlySet<CallId>): void {
      for (const callId of watched.keys()) if (!callIds.has(callId)) this.forget(callId);
    },

    stop(): void {
      for (const { timer } of watched.values()) clearTimeout(timer);
      watched.clear();
    },
  };
}

function toPresent(device: AllowedDevice, { entryId, joinedAt }: Connected): CallEntry | CallParticipant {
  const { userId, deviceId } = device;
  if (joinedAt) return { userId, deviceId, joinedAt: joinedAt.toISOString() };
  const entered = { userId, deviceId, joinedAt: device.joinedAt.toISOString() };
  return entryId === null ? entered : { ...entered, entryId };
}

function byArrival(a: CallParticipant, b: CallParticipant): number {
  return (a.joinedAt + a.userId).localeCompare(b.joinedAt + b.userId);
}

function idOf({ entryId }: CallEntry): string {
  return entryId;
}

/** Null: anyone who is not in the call. */
function shownTo(viewer: UserId | null, { participants, hidden, answeredAt }: Omit<Seen, keyof Entries>): Shown {
  const isInside = participants.some(({ userId }) => userId === viewer);
  return {
    participants: participants.filter(({ userId }) => userId === viewer || !hidden.includes(userId)),
    // That somebody came who is invisible, only those know who are in it with them.
    ...answered(isInside || hidden.length === 0 ? answeredAt : null),
  };
}

function answered(answeredAt: string | null): Pick<CallPeople, 'answeredAt'> {
  return answeredAt === null ? {} : { answeredAt };
}

function isSame(a: readonly CallParticipant[], b: readonly CallParticipant[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.userId === b[index]?.userId && one.deviceId === b[index]?.deviceId)
  );
}
