import { directCallRoutes } from '@dialog/shared/calls.direct';
import type { DeviceId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import type { Call } from '../../platform/api.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Socket } from '../../platform/socket.ts';
import { createPickScreen } from '../share/pickScreen.ts';
import type { DirectDeps } from '../transport/direct/direct.transport.ts';
import { loadDirect, loadSfu } from '../transport/loading.ts';
import type { SessionParts } from './sessionDeps.ts';

export { createOwnSession } from './own.session.ts';

interface Deps {
  readonly call: Call;
  readonly socket: Socket;
  readonly people: ChatSync['people'];
  readonly deviceId: DeviceId;
}

/** What a session of this page stands on: its ways, and its screen. */
export function partsOfSession({ call, socket, people, deviceId }: Deps): SessionParts {
  const direct: DirectDeps = {
    ...{ call, socket, clock: systemClock, deviceId },
    names: {
      of(userId) {
        people.want(userId);
        return people.store.getState().get(userId)?.displayName ?? '';
      },
      onChange: (hear) => people.store.subscribe(hear),
    },
  };
  return {
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
    prepareTransport: (way) => void (way === 'direct' ? loadDirect() : loadSfu()).catch(() => {}), // Opening says what is wrong.
    async moveCall(callId) {
      await call(directCallRoutes.moveCall, { params: { callId }, body: { deviceId } });
    },
    pickScreen: createPickScreen(navigator.mediaDevices),
    holdStill: async (video) => (await import('../share/still.ts')).holdStill(video),
    random: Math.random,
  };
}
