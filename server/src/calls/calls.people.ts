import { callEvents, type CallParticipant, type CallPeople } from '@dialog/shared/calls';
import { type CallId, type ChatId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import type { Database } from '../platform/database.ts';
import type { MediaParticipant, MediaServer } from '../platform/livekit/livekit.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
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
  readonly pool: MediaPool;
  readonly bus: Bus;
  /** To everyone who has the chat, on all nodes. */
  readonly tellChat: (chat: { readonly chatId: ChatId; readonly epoch: number }, people: CallPeople) => void;
  /** To all devices of one person. */
  readonly tellPerson: (userId: UserId, people: CallPeople) => void;
  /** Those of these people of whom only who is in the call with them may know that they are. */
  readonly invisibleAmong: (userIds: readonly UserId[]) => Promise<ReadonlySet<UserId>>;
  readonly onError: (error: unknown) => void;
}

export type CallPeopleWatch = ReturnType<typeof createCallPeople>;

/** Among the nodes; what a chat is told leaves those out who are invisible. */
const ToldAmongNodes = z.object({ people: callEvents.callPeopleChanged.payload, hidden: z.array(UserId) });

interface Watched {
  participants: readonly CallParticipant[];
  /** Those of them who are invisible: named only to their own devices. */
  hidden: readonly UserId[];
  lookedAt: number;
  /** Since when nobody was seen, by this process's monotonic clock; null while someone is there. */
  emptySince: number | null;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Who is in which call. The media server knows; this looks, at most once a second for a call, throws out who may not
 * be there, and tells the chat when it changed. Nothing here is kept for good: another look makes it anew (R7). Who is
 * invisible is seen by those in the call alone, whom the media server tells.
 */
export function createCallPeople(deps: PeopleDeps) {
  const { db, calls, pool, bus, tellChat, tellPerson, invisibleAmong, onError } = deps;
  const watched = new Map<CallId, Watched>();

  // A node that another one told keeps up, so that its own sweep does not tell the same again.
  bus.on(TOPIC, (payload) => {
    const { people, hidden } = z.parse(ToldAmongNodes, payload);
    Object.assign(watch(people.callId), { participants: people.participants, hidden });
  });

  function watch(callId: CallId): Watched {
    const known = watched.get(callId) ?? {
      participants: [],
      hidden: [],
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

    const server = pool.find(call.mediaServer);
    if (!server) throw new Error('the call is on no media server of ours');
    const present = (await server.participants(call.roomName)) ?? [];
    const participants = await onlyAllowed(call, present, server);
    known.emptySince = participants.length > 0 ? null : (known.emptySince ?? performance.now());
    const userIds = [...new Set(participants.map(({ userId }) => userId))].toSorted();
    const invisible = userIds.length > 0 ? await invisibleAmong(userIds) : new Set();
    const hidden = userIds.filter((userId) => invisible.has(userId));
    if (isSame(known.participants, participants) && known.hidden.join() === hidden.join()) return participants;
    Object.assign(known, { participants, hidden });
    await tell(call, { participants, hidden });
    return participants;
  }

  async function tell(call: Call, now: Pick<Watched, 'participants' | 'hidden'>): Promise<void> {
    const { chatId, id: callId } = call;
    const { hidden } = now;
    bus.publish(TOPIC, { people: { chatId, callId, participants: now.participants }, hidden });
    const epoch = await calls.epochOf(db, chatId);
    if (epoch !== null) tellChat({ chatId, epoch }, { chatId, callId, participants: shownTo(null, now) });
    // After what their chat was told, so that their own devices end up with themselves in it.
    for (const userId of hidden) tellPerson(userId, { chatId, callId, participants: shownTo(userId, now) });
  }

  async function onlyAllowed(
    call: Call,
    present: readonly MediaParticipant[],
    server: MediaServer,
  ): Promise<CallParticipant[]> {
    if (present.length === 0) return [];
    const allowed = new Set((await calls.listAllowed(db, call.id)).map(identityOf));
    const strangers = present.filter(({ identity }) => !allowed.has(identity));
    await Promise.all(strangers.map(({ identity }) => server.removeParticipant({ room: call.roomName, identity })));
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

    /** As this member may see it; as of a second ago at most. While the media server is away, who was there last. */
    async recent(call: Call, viewer: UserId): Promise<CallParticipant[]> {
      const known = watch(call.id);
      const isFresh = performance.now() - known.lookedAt < LOOK_EVERY_MS;
      if (!isFresh && pool.find(call.mediaServer)?.status() === 'ready') await look(call).catch(() => undefined);
      return shownTo(viewer, known);
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

/** Null: anyone who is not in the call. */
function shownTo(
  viewer: UserId | null,
  { participants, hidden }: Pick<Watched, 'participants' | 'hidden'>,
): CallParticipant[] {
  return participants.filter(({ userId }) => userId === viewer || !hidden.includes(userId));
}

function isSame(a: readonly CallParticipant[], b: readonly CallParticipant[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.userId === b[index]?.userId && one.deviceId === b[index]?.deviceId)
  );
}
