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
import type { Rings } from './ring/rings.ts';
import { bringRingWords } from './ring/ringWords.ts';

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
  const session = createLate(async () => {
    const { createOwnSession, partsOfSession } = await import('./own/session.late.ts');
    return { createOwnSession, parts: partsOfSession({ call, socket, chats, me, deviceId }) };
  });
  const own = createOwnCall({
    call,
    chats,
    media,
    deviceId,
    loadSession: session.load,
    wantsSealing: (chatId) =>
      wantsSealing() && chats.store.getState().list.chats.get(chatId)?.summary.chat.kind === 'group',
    clock: systemClock,
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
