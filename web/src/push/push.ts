import type { DeviceId, UserId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import { keep, kept } from '../platform/keepsakes.ts';
import { forgetDevice, rememberDevice } from '../worker/pushedRecord.ts';
import { type Asked, askedIn, withMessage, withRefusal } from './asking.ts';
import { createPushDevice, type PushDevice } from './device.ts';
import { browserPlatform, hearPermission } from './platform.ts';
import { createSounds, type Sounds } from './sounds.ts';

/** How one signed-in person is told, on this device, of what they do not look at. */
export interface Push {
  readonly me: UserId;
  readonly call: Call;
  readonly deviceId: DeviceId;
  readonly device: PushDevice;
  readonly sounds: Sounds;
  readonly asked: AskedStore;
  stop(): void;
}

/** When it is time to ask whether somebody wants that. */
interface AskedStore {
  readonly store: StoreApi<Asked>;
  noteMessage(): void;
  notNow(): void;
}

interface PushDeps {
  readonly me: UserId;
  readonly call: Call;
  readonly clock: Clock;
  readonly deviceId: DeviceId;
}

export function createPush({ me, call, clock, deviceId }: PushDeps): Push {
  const sounds = createSounds();
  const device = createPushDevice({
    call,
    deviceId,
    language: () => document.documentElement.lang,
    // Where nothing can be kept, the page does it when it comes back.
    remember: (one) => rememberDevice({ ...one, me }).catch(() => undefined),
    forget: () => forgetDevice().catch(() => undefined),
    isWanted: () => kept('push') === 'on',
    want: (isWanted) => keep('push', isWanted ? 'on' : null),
    platform: browserPlatform,
  });
  const ending = new AbortController();
  // The permission is changed elsewhere, in the browser's settings or another tab.
  document.addEventListener('visibilitychange', device.look, { signal: ending.signal });
  hearPermission(device.look, ending.signal);
  return {
    me,
    call,
    deviceId,
    device,
    sounds,
    asked: createAsked(clock),
    stop() {
      ending.abort();
      sounds.stop();
    },
  };
}

function createAsked(clock: Clock): AskedStore {
  const store = createStore<Asked>(() => askedIn(kept('push-asked')));
  function remember(asked: Asked): void {
    if (asked === store.getState()) return;
    store.setState(asked, true);
    keep('push-asked', JSON.stringify(asked));
  }
  return {
    store,
    noteMessage: () => remember(withMessage(store.getState())),
    notNow: () => remember(withRefusal(store.getState(), clock.now())),
  };
}
