import { directCallRoutes } from '@dialog/shared/calls.direct';
import { callSilenceRoutes } from '@dialog/shared/calls.silences';
import type { DeviceId, UserId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import type { Call } from '../../platform/api.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLate } from '../../platform/late.ts';
import type { Socket } from '../../platform/socket.ts';
import { createPickScreen } from '../share/pickScreen.ts';
import type { DirectDeps } from '../transport/direct/direct.transport.ts';
import { loadDirect, loadSfu } from '../transport/loading.ts';
import type { SessionParts } from './sessionDeps.ts';

export { createOwnSession } from './own.session.ts';

interface Deps {
  readonly call: Call;
  readonly socket: Socket;
  readonly chats: Pick<ChatSync, 'people' | 'store'>;
  readonly me: UserId;
  readonly deviceId: DeviceId;
}

/** What a session of this page stands on: its ways, and its screen. */
export function partsOfSession({ call, socket, chats, me, deviceId }: Deps): SessionParts {
  const { people } = chats;
  const clock = systemClock;
  const direct = createLate(async () => {
    const { openDirectTransport, createSpares } = await loadDirect();
    return { openDirectTransport, spares: createSpares({ clock }) };
  });
  const directDeps: Omit<DirectDeps, 'spares'> = {
    ...{ call, socket, clock, deviceId },
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
        const { openDirectTransport, spares } = await direct.load();
        return openDirectTransport({ ...directDeps, spares }, { ...entrance, admission }, events);
      }
      const { openSfuTransport } = await loadSfu();
      const url = `${location.origin.replace(/^http/, 'ws')}${admission.mediaPath}`;
      const sealing = isSealed ? { me: admission.identity, callId } : null;
      return openSfuTransport({ url, token: admission.token, sealing, chats }, events);
    },
    prepareTransport(way) {
      const prepared = way === 'direct' ? direct.load().then(({ spares }) => spares.prepare()) : loadSfu();
      prepared.catch(() => {}); // Opening says what is wrong.
    },
    async moveCall(callId) {
      await call(directCallRoutes.moveCall, { params: { callId }, body: { deviceId } });
    },
    async listSilences(callId) {
      const { silences } = await call(callSilenceRoutes.listSilences, { params: { callId } });
      return silences;
    },
    onSilenced: (hear) =>
      socket.on(
        'callModerated',
        ({ callId, act }) => act.what === 'muted' && act.userId === me && hear(callId, act.source),
      ),
    pickScreen: createPickScreen(navigator.mediaDevices),
    holdStill: async (video) => (await import('../share/still.ts')).holdStill(video),
    random: Math.random,
  };
}
