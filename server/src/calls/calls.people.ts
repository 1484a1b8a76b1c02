import { callEvents, type CallParticipant, type CallPeople } from '@dialog/shared/calls';
import type { CallId, ChatId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import type { Database } from '../platform/database.ts';
import type { MediaParticipant, MediaServer } from '../platform/livekit/livekit.ts';
import type { Call, CallRepository } from './calls.repository.ts';
import { identityOf, parseIdentity } from './identity.ts';

/** How often a call's people are looked up and told at most. */
const LOOK_EVERY_MS = 1_000;
const TOPIC = 'callPeople';

interface Bus {
  publish(topic: string, payload: unknown): void;
  on(topic: string, hear: (payload: unknown) => void): void;
}

export interface PeopleDeps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly media: MediaServer;
  readonly bus: Bus;
  /** To everyone who has the chat, on all nodes. */
  readonly tellChat: (chat: { readonly chatId: ChatId; readonly epoch: number }, people: CallPeople) => void;
  readonly onError: (error: unknown) => void;
}

export type CallPeopleWatch = ReturnType<typeof createCallPeople>;

interface Watched {
  participants: readonly CallParticipant[];
  lookedAt: number;
  /** Since when nobody was seen, by this process's monotonic clock; null while someone is there. */
  emptySince: number | null;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Who is in which call. The media server knows; this looks, at most once a second for a call, throws out who may not
 * be there, and tells the chat when it changed. Nothing here is kept for good: another look makes it anew (R7).
 */
export function createCallPeople({ db, calls, media, bus, tellChat, onError }: PeopleDeps) {
  const watched = new Map<CallId, Watched>();

  // A node that another one told keeps up, so that its own sweep does not tell the same again.
  bus.on(TOPIC, (payload) => {
    const people = z.parse(callEvents.callPeopleChanged.payload, payload);
    watch(people.callId).participants = people.participants;
  });

  function watch(callId: CallId): Watched {
    const known = watched.get(callId) ?? {
      participants: [],
      lookedAt: Number.NEGATIVE_INFINITY,
      emptySince: null,
      timer: undefined,
    };
    watched.set(callId, known);
    return known;
  }

  /** Looks now and tells what is new. Answers who is in the call. */
  async function look(call: Call): Promise<readonly CallParticipant[]> {
    const known = watch(call.id);
    clearTimeout(known.timer);
    known.timer = undefined;
    known.lookedAt = performance.now();

    const present = (await media.participants(call.roomName)) ?? [];
    const participants = await onlyAllowed(call, present);
    known.emptySince = participants.length > 0 ? null : (known.emptySince ?? performance.now());
    if (isSame(known.participants, participants)) return participants;
    known.participants = participants;
    const people: CallPeople = { chatId: call.chatId, callId: call.id, participants: [...participants] };
    bus.publish(TOPIC, people);
    const epoch = await calls.epochOf(db, call.chatId);
    if (epoch !== null) tellChat({ chatId: call.chatId, epoch }, people);
    return participants;
  }

  async function onlyAllowed(call: Call, present: readonly MediaParticipant[]): Promise<CallParticipant[]> {
    if (present.length === 0) return [];
    const allowed = new Set((await calls.listAllowed(db, call.id)).map(identityOf));
    const strangers = present.filter(({ identity }) => !allowed.has(identity));
    await Promise.all(strangers.map(({ identity }) => media.removeParticipant({ room: call.roomName, identity })));
    return present
      .filter(({ identity }) => allowed.has(identity))
      .flatMap(({ identity, joinedAt }) => {
        const device = parseIdentity(identity);
        return device ? [{ ...device, joinedAt: joinedAt.toISOString() }] : [];
      })
      .toSorted((a, b) => (a.joinedAt + a.userId).localeCompare(b.joinedAt + b.userId));
  }

  return {
    look,

    /** Something moved in this call: looks at once, or when a second has passed since the last look. */
    stir(call: Call): void {
      const known = watch(call.id);
      if (known.timer) return;
      const waitMs = Math.max(0, known.lookedAt + LOOK_EVERY_MS - performance.now());
      known.timer = setTimeout(() => {
        look(call).catch(onError);
      }, waitMs);
      known.timer.unref();
    },

    /** As of a second ago at most; while the media server is away, who was there last. */
    async recent(call: Call): Promise<readonly CallParticipant[]> {
      const known = watch(call.id);
      const isFresh = performance.now() - known.lookedAt < LOOK_EVERY_MS;
      if (isFresh || media.status() !== 'ready') return known.participants;
      return look(call).catch(() => known.participants);
    },

    /** How long nobody has been seen in it by this node, in ms. */
    emptyForMs(callId: CallId): number {
      const since = watched.get(callId)?.emptySince ?? null;
      return since === null ? 0 : performance.now() - since;
    },

    /** While the media server was away nobody could be seen: emptiness counts from now. */
    startOver(): void {
      for (const known of watched.values()) known.emptySince = null;
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

function isSame(a: readonly CallParticipant[], b: readonly CallParticipant[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.userId === b[index]?.userId && one.deviceId === b[index]?.deviceId)
  );
}
