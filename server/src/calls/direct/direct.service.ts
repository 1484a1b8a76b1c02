import type { CallWay, EntryAddress, EntryId, IceServer } from '@dialog/shared/calls.values';
import type { Chat } from '@dialog/shared/chats';
import type { CallId, DeviceId, UserId } from '@dialog/shared/contract/values';
import type { ChatService } from '../../chats/chats.service.ts';
import type { Config } from '../../config.ts';
import { AppError } from '../../platform/appError.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Caller } from '../../platform/http/router.ts';
import { newId } from '../../platform/ids.ts';
import type { Limiter } from '../../platform/limits/limiter.ts';
import type { CallPeopleWatch } from '../calls.people.ts';
import { newRoomName, type CallPlacement } from '../calls.placement.ts';
import type { Call, CallRepository } from '../calls.repository.ts';
import { parseIdentity } from '../identity.ts';
import { isSameDevice } from './direct.beats.ts';
import { type CallLeases, DIRECT_DEVICES_MAX } from './direct.leases.ts';
import { iceServersFor } from './iceServers.ts';

interface Deps {
  readonly db: Database;
  readonly calls: CallRepository;
  readonly leases: CallLeases;
  readonly chats: Pick<ChatService, 'changeChatAsServer'>;
  readonly people: Pick<CallPeopleWatch, 'stir'>;
  readonly config: Pick<Config, 'turn' | 'hasDirectCalls'>;
  readonly limiter: Pick<Limiter, 'take'>;
  /** This person shows nobody their address. */
  readonly isRelayOnly: (tx: Tx, userId: UserId) => Promise<boolean>;
  readonly placement: Pick<CallPlacement, 'choose'>;
  readonly now: () => Date;
}

/** How one device would come into a direct call. */
interface DirectEntry {
  readonly entryId: EntryId;
  readonly iceServers: IceServer[];
  readonly isRelayOnly: boolean;
  /** Who is in it. */
  readonly others: EntryAddress[];
}

interface Comer {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** What the device can do. */
  readonly ways: readonly CallWay[] | undefined;
}

export type DirectCalls = ReturnType<typeof createDirectCalls>;

/**
 * Calls between two devices themselves. Each hears of the other from the server, which passes on what they say to each
 * other and is no part of what they send. What cannot go this way moves to the media server, once and for good.
 */
export function createDirectCalls(deps: Deps) {
  const { db, calls, leases, people, config, now } = deps;

  /** Without a relay nobody can be in a direct call who shows nobody their address. */
  async function canGo(tx: Tx, { userId, ways }: Pick<Comer, 'userId' | 'ways'>): Promise<boolean> {
    if (!config.hasDirectCalls || !ways?.includes('direct')) return false;
    return config.turn !== null || !(await deps.isRelayOnly(tx, userId));
  }

  function iceServers(callId: CallId | null, userId: UserId): IceServer[] {
    return iceServersFor({ turn: config.turn, callId, userId, now: now() });
  }

  /** @throws AppError calls-unavailable where there is no media server to move to. */
  async function move(call: Call): Promise<void> {
    const place = deps.placement.choose();
    await deps.chats.changeChatAsServer({ chatId: call.chatId, actorId: call.startedBy }, async (change) => {
      if (!(await calls.moveToServer(change.tx, call.id, place))) return;
      const going = change.chat().call;
      if (going?.id === call.id) change.setCall({ ...going, way: 'sfu' });
    });
    people.stir(call);
  }

  /** @throws AppError call-not-found for whoever is not in its chat, not-allowed for a device not let in to a direct call. */
  async function requireIn(caller: Caller, callId: CallId, deviceId: DeviceId): Promise<Call> {
    const call = await calls.findAsMember(db, callId, caller.userId);
    if (!call) throw new AppError('call-not-found');
    if (call.way === 'sfu') return call;
    const standing = await calls.standing(db, callId);
    const isIn = standing?.devices.some(
      (device) => isSameDevice(device, { userId: caller.userId, deviceId }) && device.sessionId === caller.sessionId,
    );
    if (isIn !== true) throw new AppError('not-allowed', 'this device was not let in');
    return call;
  }

  return {
    isOn: config.hasDirectCalls,
    move,

    /**
     * Where a call of this chat is when this person starts it.
     * @throws AppError calls-unavailable where that is a media server, and none is there.
     */
    async placeFor(tx: Tx, { kind }: Pick<Chat, 'kind'>, starter: Pick<Comer, 'userId' | 'ways'>) {
      // Members of a group must not learn each other's addresses.
      const way: CallWay = kind === 'direct' && (await canGo(tx, starter)) ? 'direct' : 'sfu';
      return { way, ...(way === 'sfu' ? deps.placement.choose() : { roomName: newRoomName(), mediaServer: null }) };
    },

    /** Null: not this way, so that the call has to move. */
    async entryFor(call: Call, comer: Comer): Promise<DirectEntry | null> {
      if (!(await canGo(db, comer))) return null;
      const others = (await leases.of(call.id).catch(() => [])).filter((one) => !isSameDevice(one, comer));
      const isFull = others.length >= DIRECT_DEVICES_MAX || others.some(({ userId }) => userId === comer.userId);
      if (isFull) return null;
      const isLimited = await deps.limiter.take('turnCredentials', comer.userId).then(
        () => false,
        () => true,
      );
      return {
        entryId: newId<EntryId>(),
        // Whoever has used up their share of the relay comes without it.
        iceServers: isLimited ? [] : iceServers(call.id, comer.userId),
        isRelayOnly: await deps.isRelayOnly(db, comer.userId),
        others,
      };
    },

    /** Takes a device out that was dismissed. */
    async remove(callId: CallId, identity: string): Promise<void> {
      const device = parseIdentity(identity);
      if (device) await leases.end(callId, device);
      const call = await calls.find(db, callId);
      if (call && !call.hasEnded) people.stir(call);
    },

    async moveCall(caller: Caller, callId: CallId, deviceId: DeviceId): Promise<Record<string, never>> {
      const call = await requireIn(caller, callId, deviceId);
      if (call.way === 'direct') await move(call);
      return {};
    },

    async renewIceServers(caller: Caller, callId: CallId, deviceId: DeviceId) {
      const call = await requireIn(caller, callId, deviceId);
      if (call.way !== 'direct') throw new AppError('not-allowed', 'the media server brings a relay of its own');
      return {
        iceServers: iceServers(callId, caller.userId),
        isRelayOnly: await deps.isRelayOnly(db, caller.userId),
      };
    },

    probeIceServers: (caller: Caller) => ({ iceServers: iceServers(null, caller.userId) }),
  };
}
