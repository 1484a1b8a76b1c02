import type { CallPeople } from '@dialog/shared/calls';
import type { CallWay, EntryId } from '@dialog/shared/calls.values';
import type { Chat } from '@dialog/shared/chats';
import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import type { MediaPool } from '../platform/livekit/mediaPool.ts';
import type { CallPeopleWatch } from './calls.people.ts';
import type { ConnectedDevices } from './calls.connected.ts';
import { createCallLeaving } from './calls.leaving.ts';
import type { CallPlacement } from './calls.placement.ts';
import type { Call, CallRepository } from './calls.repository.ts';
import type { DirectCalls } from './direct/direct.service.ts';
import { asTold, type StartWish } from './calls.starting.ts';
import { DELETE_ROOM_TOPIC, REMOVE_TOPIC, RemoveJob, RoomJob, roomOf } from './calls.rooms.ts';
import { MEDIA_PATH } from './gate.urls.ts';
import { identityOf } from './identity.ts';
import type { CallHistory } from './ring/ring.history.ts';
import type { ClearedPlace } from './ring/ring.repository.ts';
import type { RingService } from './ring/ring.service.ts';

interface Deps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly chats: Pick<ChatService, 'changeChat' | 'changeChatAsServer'>;
  readonly pool: MediaPool;
  readonly placement: CallPlacement;
  readonly people: CallPeopleWatch;
  readonly connected: Pick<ConnectedDevices, 'knownSince' | 'remove'>;
  readonly direct: Pick<DirectCalls, 'isOn' | 'placeFor' | 'entryFor' | 'move' | 'remove'>;
  /** In a direct chat. `isAnswer`: to a call of the other's. @throws AppError where the one does not let the other, or has blocked them. */
  readonly requireMayCall: (
    tx: Tx,
    call: { readonly actorId: UserId; readonly chatId: ChatId; readonly isAnswer: boolean },
  ) => Promise<void>;
  /** Writes an outbox row in this transaction. */
  readonly addJob: (tx: Tx, topic: string, payload: unknown) => Promise<void>;
  /** After a commit: outbox rows need not wait for the next poll. */
  readonly kickJobs: () => void;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
  readonly rings: Pick<RingService, 'began' | 'ended' | 'withdraw'>;
  readonly history: Pick<CallHistory, 'ended'>;
  /** In the transaction in which a chat is cleared, by everyone or for one person. */
  readonly forgetUntil: (tx: Tx, what: ClearedPlace) => Promise<void>;
  readonly forgetPeople: (tx: Tx, chatId: ChatId) => Promise<void>;
  /** What features to the right do as a call ends, in its transaction. */
  readonly ended: (tx: Tx, call: Call) => Promise<void>;
}

interface Comer {
  readonly callId: CallId;
  readonly deviceId: DeviceId;
}

interface Joining extends Comer {
  /** What the device can do; nothing: the media server alone. */
  readonly ways?: readonly CallWay[] | undefined;
  /** Before anybody has said that they want in. */
  readonly isAhead?: boolean | undefined;
}

interface Way {
  readonly deviceId: DeviceId;
  /** Into a direct call. */
  readonly entryId: EntryId | null;
  readonly isAhead: boolean;
}

/** Of one person in one call; the one that came in first makes room. */
const DEVICES_MAX = 10;

export type CallService = ReturnType<typeof createCallService>;

/**
 * Calls: that one exists in a chat, which way its media go, and who may be in it. Who is connected others know
 * (`calls.connected.ts`).
 *
 * A chat has at most one call, begun and ended under the chat's row lock. To be let in one must be a member of the chat
 * at that moment; when that or the session ends, an outbox row of the same transaction takes the device out.
 */
export function createCallService(deps: Deps) {
  const { db, calls, chats, pool, placement, people, connected, direct, addJob, rings, now } = deps;
  const leaving = createCallLeaving({ calls, addJob, withdraw: rings.withdraw });
  const { takeOut } = leaving;

  /** @throws call-not-found unless it goes on and this person is in its chat. */
  async function requireCall(callId: CallId, userId: UserId) {
    const call = await calls.findAsMember(db, callId, userId);
    if (!call) throw new AppError('call-not-found');
    return call;
  }

  /** Null: it was over before. */
  async function close(tx: Tx, call: Call) {
    const at = now();
    if (!(await calls.end(tx, call.id, at))) return null;
    // A direct call has no room; of one that moved a moment ago the sweep deletes it.
    if (call.way === 'sfu') await addJob(tx, DELETE_ROOM_TOPIC, roomOf(call));
    await rings.ended(tx, call);
    await deps.ended(tx, call);
    return deps.history.ended(tx, call, at);
  }

  /** Once, whoever asks first and on whichever node. `isDue` is asked while nobody can be let in. */
  async function endCall(call: Call, isDue?: (tx: Tx, callId: CallId) => Promise<boolean>): Promise<void> {
    let isOver = true;
    await chats
      .changeChatAsServer({ chatId: call.chatId, actorId: call.startedBy }, async (change) => {
        isOver = isDue === undefined || !(await calls.hold(change.tx, call.id)) || (await isDue(change.tx, call.id));
        if (!isOver) return;
        const ended = await close(change.tx, call);
        if (!ended) return;
        if (change.chat().call?.id === call.id) change.setCall(null);
        await change.note({
          what: 'callEnded',
          callId: call.id,
          isVideo: call.isVideo,
          ...ended,
        });
      })
      .catch(async (error: unknown) => {
        if (!(error instanceof AppError && error.code === 'chat-not-found')) throw error;
        await db.transaction(async (tx) => void (await close(tx, call)));
      });
    if (!isOver) return;
    people.forget(call.id);
    deps.kickJobs();
  }

  const isDeserted = async (tx: Tx, callId: CallId): Promise<boolean> => !(await calls.isAwaited(tx, callId));
  const isEmpty = async (tx: Tx, callId: CallId): Promise<boolean> => !(await calls.hasDevices(tx, callId));

  function requireMay(tx: Tx, { userId }: Caller, { chatId, startedBy }: Call): Promise<void> {
    return deps.requireMayCall(tx, { actorId: userId, chatId, isAnswer: startedBy !== userId });
  }

  async function admit(caller: Caller, call: Call, { deviceId, ...way }: Way): Promise<void> {
    const { userId, sessionId } = caller;
    await db.transaction(async (tx) => {
      await requireMay(tx, caller, call);
      // Held until the commit: it does not end meanwhile for want of people.
      if (!(await calls.hold(tx, call.id))) throw new AppError('call-not-found');
      if (await calls.isRemoved(tx, call.id, userId)) throw new AppError('removed-from-call');
      await calls.admit(tx, { callId: call.id, userId, deviceId }, { sessionId, ...way });
      for (const oldest of (await calls.devicesOf(tx, call.id, userId)).slice(DEVICES_MAX))
        // oxlint-disable-next-line no-await-in-loop -- one at most, but after a change of the bound
        await takeOut(tx, { ...call, callId: call.id, userId, deviceId: oldest });
    });
  }

  async function endIfDeserted(call: Call): Promise<void> {
    const participants = await people.look(call);
    if (participants.length === 0) await endCall(call, isDeserted);
  }

  return {
    status: () => ({ status: pool.status(), hasDirect: direct.isOn }),

    /** The call going on, if there is one; else a new one under this id. */
    async startCall(caller: Caller, { chatId, id, ways, isVideo, isSealed, rings: rung }: StartWish): Promise<Chat> {
      const { chat } = await chats.changeChat({ chatId, actorId: caller.userId }, async (change) => {
        if (change.chat().kind === 'notes') throw new AppError('not-allowed', 'there is nobody to call');
        const isAnswer = change.chat().call !== null && change.chat().call?.startedBy !== caller.userId;
        if (change.chat().kind === 'direct')
          await deps.requireMayCall(change.tx, { actorId: caller.userId, chatId, isAnswer });
        if (change.chat().call) return;
        const earlier = await calls.find(change.tx, id);
        if (earlier && earlier.chatId !== chatId)
          throw new AppError('invalid-request', 'this id is a call of another chat');
        if (earlier) return; // The same start again, after the call has ended.
        const place = await direct.placeFor(change.tx, change.chat(), { userId: caller.userId, ways });
        const call: Call = { id, chatId, ...place, startedBy: caller.userId, startedAt: now(), isVideo };
        await calls.insert(change.tx, call);
        await rings.began(change.tx, call, rung ?? null);
        change.setCall(asTold(call, isSealed));
        await change.note({ what: 'callStarted', callId: id });
      });
      deps.kickJobs();
      return chat;
    },

    async getCall(caller: Caller, callId: CallId): Promise<CallPeople> {
      const call = await requireCall(callId, caller.userId);
      return { chatId: call.chatId, callId, ...(await people.recent(call, caller.userId)) };
    },

    /**
     * Lets this device in: a row that the gate asks for, or the signalling of a direct call. A device that cannot go the
     * direct way, or for whom there is no room on it, moves the call; but not ahead of time.
     */
    async joinCall(caller: Caller, { callId, deviceId, ways, isAhead = false }: Joining) {
      const { userId } = caller;
      const found = await requireCall(callId, userId);
      const identity = identityOf({ userId, deviceId });
      if (found.way === 'direct') {
        const entry = await direct.entryFor(found, { userId, deviceId, ways });
        if (entry) {
          await admit(caller, found, { deviceId, entryId: entry.entryId, isAhead: false });
          return { way: 'direct' as const, identity, ...entry };
        }
        if (isAhead) throw new AppError('calls-unavailable', 'it would have to move');
        await requireMay(db, caller, found);
        await direct.move(found);
      }
      const { call, server } = await placement.serverFor(await requireCall(callId, userId));
      // The room again, if the media server lost it: one that restarted so gets the same call back.
      const [token] = await Promise.all([
        server.mintToken({ room: call.roomName, identity, name: call.displayName }),
        askMedia(server.createRoom(call.roomName)),
      ]);
      await admit(caller, call, { deviceId, entryId: null, isAhead });
      return { way: 'sfu' as const, mediaPath: `${MEDIA_PATH}/${server.name}`, token, identity };
    },

    async leaveCall(caller: Caller, { callId, deviceId }: Comer): Promise<Record<string, never>> {
      const call = await requireCall(callId, caller.userId);
      const device = { callId, userId: caller.userId, deviceId };
      const wasIn = await db.transaction((tx) => takeOut(tx, { ...call, ...device }));
      // Nothing of it is theirs to end; but whoever began it may hang up before they are in.
      if (!wasIn && call.startedBy !== caller.userId) return {};
      deps.kickJobs();
      await calls.hungUp(db, callId, now());
      // Nobody else was ever let in: hung up before anybody answered, whatever there is to ask.
      if (await isEmpty(db, callId)) {
        await endCall(call, isEmpty);
        return {};
      }
      if (connected.knownSince(call) === null) return {};
      // At once where it can be; the outbox row does it otherwise, and the sweep ends the call.
      await connected
        .remove(call, identityOf(device))
        .then(() => endIfDeserted(call))
        .catch(deps.onError);
      return {};
    },

    ...leaving,
    endCall,
    /** Unless somebody is on the way. */
    endDeserted: (call: Call): Promise<void> => endCall(call, isDeserted),
    requireCall,

    /** Somebody is seen otherwise from now on: so they are in the calls they are in. */
    async seenOtherwise(userId: UserId): Promise<void> {
      for (const call of await calls.listRunningOf(db, userId)) people.stir(call);
    },

    /** To be called in the transaction in which a chat goes for good. */
    async chatRemoved(tx: Tx, chatId: ChatId): Promise<void> {
      const call = await calls.findRunningByChat(tx, chatId);
      if (call) await close(tx, call);
      await calls.removeOfChat(tx, chatId);
      await deps.forgetPeople(tx, chatId);
    },

    historyCleared: deps.forgetUntil,

    /** Outbox handlers by topic. They may run more than once. */
    jobs: {
      async [REMOVE_TOPIC](payload: unknown): Promise<void> {
        const { server, directCallId, ...admission } = z.parse(RemoveJob, payload);
        if (directCallId) await direct.remove(directCallId, admission.identity);
        else await pool.find(server ?? null)?.removeParticipant(admission);
        // Whoever was the last one let in has hung up by that.
        const call = directCallId
          ? await calls.find(db, directCallId)
          : await calls.findRunningByRoom(db, admission.room);
        if (call && (await isEmpty(db, call.id))) await endCall(call, isEmpty);
      },
      async [DELETE_ROOM_TOPIC](payload: unknown): Promise<void> {
        const { server, room } = z.parse(RoomJob, payload);
        await pool.find(server ?? null)?.deleteRoom(room);
      },
    },
  };
}

async function askMedia<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new AppError('calls-unavailable', 'the media server did not do as asked', { cause });
  }
}
