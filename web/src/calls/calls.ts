import type { DeviceId, UserId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { Call } from '../platform/api.ts';
import { systemClock } from '../platform/clock.ts';
import { keep, kept } from '../platform/keepsakes.ts';
import { createLate, type Late } from '../platform/late.ts';
import type { Socket } from '../platform/socket.ts';
import { type CallsPeople, createCallsPeople } from './calls.people.ts';
import { createLocalMedia } from './devices/local.media.ts';
import { effectFor } from './effects/effectFor.ts';
import { wantsSealing } from './sealing/wantsSealing.ts';
import { createOwnCall } from './own/own.call.ts';
import type { OwnCall } from './own/ownCall.ts';
import type { DirectDeps } from './transport/direct/direct.transport.ts';
import type { Rings } from './ring/rings.ts';
import { bringRingWords } from './ring/ringWords.ts';
import { createPickScreen } from './share/pickScreen.ts';

/** All of calls in one page. */
export interface Calls {
  readonly own: OwnCall;
  readonly people: CallsPeople;
  /** Brought once the first screen stands. */
  readonly rings: Late<Rings>;
  readonly chats: ChatSync;
  readonly call: Call;
  readonly me: UserId;
  readonly deviceId: DeviceId;
  readonly socket: Pick<Socket, 'on'>;
  stop(): void;
}

interface Deps {
  readonly call: Call;
  readonly socket: Socket;
  readonly chats: ChatSync;
  readonly me: UserId;
  readonly deviceId: DeviceId;
}

export function createCalls({ call, socket, chats, me, deviceId }: Deps): Calls {
  const media = createLocalMedia({
    mediaDevices: navigator.mediaDevices,
    permissions: navigator.permissions,
    kept: () => kept('call-devices'),
    keep: (choice) => keep('call-devices', choice),
    keptHabits: () => kept('call-habits'),
    keepHabits: (habits) => keep('call-habits', habits),
    effectFor,
  });
  const direct: DirectDeps = {
    ...{ call, socket, clock: systemClock, deviceId },
    names: {
      of(userId) {
        chats.people.want(userId);
        return chats.people.store.getState().get(userId)?.displayName ?? '';
      },
      onChange: (hear) => chats.people.store.subscribe(hear),
    },
  };
  const own = createOwnCall({
    call,
    chats,
    media,
    deviceId,
    async openTransport(entrance, events) {
      const { admission, callId, isSealed } = entrance;
      if (admission.way === 'direct') {
        const { openDirectTransport } = await loadDirect();
        return openDirectTransport(direct, { ...entrance, admission }, events);
      }
      const { openSfuTransport } = await loadSfu();
      const url = `${location.origin.replace(/^http/, 'ws')}${admission.mediaPath}`;
      const sealing = isSealed ? { me: admission.identity, callId } : null;
      return openSfuTransport({ url, token: admission.token, sealing }, events);
    },
    loadSession: () => import('./own/own.session.ts'),
    wantsSealing: (chatId) =>
      wantsSealing() && chats.store.getState().list.chats.get(chatId)?.summary.chat.kind === 'group',
    prepareTransport: (way) => void (way === 'direct' ? loadDirect() : loadSfu()).catch(() => {}), // Opening says what is wrong.
    pickScreen: createPickScreen(navigator.mediaDevices),
    holdStill: async (video) => (await import('./share/still.ts')).holdStill(video),
    clock: systemClock,
    random: Math.random,
    volumes: { kept: () => kept('call-volumes'), keep: (volumes) => keep('call-volumes', volumes) },
  });
  const people = createCallsPeople({ call, socket, chats });
  const rings = createLate(async () => {
    const [{ createPageRings }] = await Promise.all([import('./ring/ring.late.ts'), bringRingWords()]);
    return createPageRings({ call, socket, own, deviceId, clock: systemClock });
  });
  return {
    own,
    people,
    rings,
    chats,
    call,
    me,
    deviceId,
    socket,
    stop() {
      rings.now()?.stop();
      own.stop();
      people.stop();
    },
  };
}

function loadDirect() {
  return import('./transport/direct/direct.transport.ts');
}

/** Its weight comes with the first lobby, so that a press on "join" finds it here. */
export async function loadSfu() {
  const sfu = await import('./transport/sfu.transport.ts');
  await sfu.loadLiveKit();
  return sfu;
}
