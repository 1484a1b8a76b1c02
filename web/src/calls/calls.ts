import type { DeviceId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../chats/chats.sync.ts';
import { ApiError, type Call } from '../platform/api.ts';
import { systemClock } from '../platform/clock.ts';
import { keep, kept } from '../platform/keepsakes.ts';
import type { Socket } from '../platform/socket.ts';
import { type CallsPeople, createCallsPeople } from './calls.people.ts';
import { createLocalMedia } from './devices/local.media.ts';
import { createOwnCall } from './own/own.call.ts';
import type { OwnCall } from './own/ownCall.ts';

/** All of calls in one page. */
export interface Calls {
  readonly own: OwnCall;
  readonly people: CallsPeople;
  readonly chats: ChatSync;
  readonly call: Call;
  stop(): void;
}

interface Deps {
  readonly call: Call;
  readonly socket: Socket;
  readonly chats: ChatSync;
  readonly deviceId: DeviceId;
}

export function createCalls({ call, socket, chats, deviceId }: Deps): Calls {
  const media = createLocalMedia({
    mediaDevices: navigator.mediaDevices,
    permissions: navigator.permissions,
    kept: () => kept('call-devices'),
    keep: (choice) => keep('call-devices', choice),
  });
  const own = createOwnCall({
    call,
    chats,
    media,
    deviceId,
    async openTransport({ admission }, events) {
      const { openSfuTransport } = await loadSfu();
      // Not asked for: a call of a device that does not say so goes through the media server.
      if (admission.way !== 'sfu') throw new ApiError('calls-unavailable');
      const url = `${location.origin.replace(/^http/, 'ws')}${admission.mediaPath}`;
      return openSfuTransport({ url, token: admission.token }, events);
    },
    prepareTransport: () => void loadSfu().catch(() => {}), // Opening loads it again and says what is wrong.
    clock: systemClock,
    random: Math.random,
  });
  const people = createCallsPeople({ call, socket, chats });
  return {
    own,
    people,
    chats,
    call,
    stop() {
      own.stop();
      people.stop();
    },
  };
}

/** Its weight comes with the first lobby, so that a press on "join" finds it here. */
export async function loadSfu() {
  const sfu = await import('./transport/sfu.transport.ts');
  await sfu.loadLiveKit();
  return sfu;
}
