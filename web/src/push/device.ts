import type { DeviceId } from '@dialog/shared/contract/values';
import { pushRoutes } from '@dialog/shared/push';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';

/** Whether the person is told on this device when they are not looking. */
export type DeviceState =
  /** `ask`: the browser asks the person when it is turned on; `granted`: it has allowed it already. */
  | { readonly kind: 'off'; readonly permission: 'ask' | 'granted' }
  /** Only the person can undo that, in the browser's settings. */
  | { readonly kind: 'blocked' }
  /** Works once it is on the home screen. */
  | { readonly kind: 'needs-install' }
  | { readonly kind: 'unsupported' }
  /** `page`: only while Dialog is open, because the browser has no push service or it did not answer. */
  | { readonly kind: 'on'; readonly reach: 'starting' | 'push' | 'page' };

export interface PushDevice {
  readonly store: StoreApi<DeviceState>;
  /** Looks anew: the person may have changed the permission in the browser's settings. */
  look(): void;
  /** Within a press, where the browser asks. */
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
  /** Makes sure that the server reaches this device: when a page begins, and when the key changed. Never rejects. */
  renew(): Promise<void>;
  /** As `renew`, and rejects where that fails: with an ApiError when the server was the reason. */
  subscribe(): Promise<void>;
  registration(): Promise<ServiceWorkerRegistration | undefined>;
}

interface PushDeviceDeps {
  readonly call: Call;
  readonly deviceId: DeviceId;
  readonly language: () => string;
  /** For the service worker, which may have to do the same while no page is open. */
  readonly remember: (device: { readonly deviceId: DeviceId; readonly language: string }) => Promise<void>;
  /** It has nothing to do here any more. */
  readonly forget: () => Promise<void>;
  readonly isWanted: () => boolean;
  readonly want: (isWanted: boolean) => void;
  /** What the browser is able to do. */
  readonly platform: Platform;
}

export interface Platform {
  /** Undefined where the browser knows no notifications. */
  permission(): NotificationPermission | undefined;
  requestPermission(): Promise<NotificationPermission>;
  /** Knows notifications only as an installed app. */
  readonly needsInstall: boolean;
  registration(): Promise<ServiceWorkerRegistration | undefined>;
}

export function createPushDevice(deps: PushDeviceDeps): PushDevice {
  const { call, deviceId, isWanted, want, platform } = deps;
  const store = createStore<DeviceState>(() => stateNow());
  const params = { deviceId };

  return { store, look, turnOn, turnOff, renew, subscribe, registration: platform.registration };

  function stateNow(): DeviceState {
    const permission = platform.permission();
    if (permission === undefined) return { kind: platform.needsInstall ? 'needs-install' : 'unsupported' };
    if (permission === 'denied') return { kind: 'blocked' };
    if (permission === 'granted' && isWanted()) return { kind: 'on', reach: 'starting' };
    return { kind: 'off', permission: permission === 'granted' ? 'granted' : 'ask' };
  }

  function look(): void {
    const known = store.getState();
    const next = stateNow();
    // What was found out about the reach stays true.
    if (next.kind !== 'on' || known.kind !== 'on') store.setState(next, true);
  }

  async function turnOn(): Promise<void> {
    if (platform.permission() !== 'granted') await platform.requestPermission();
    want(platform.permission() === 'granted');
    look();
    await renew();
  }

  async function turnOff(): Promise<void> {
    want(false);
    look();
    // First, for a browser may tell the worker at once that the subscription is gone.
    await deps.forget();
    const subscription = await (await platform.registration())?.pushManager?.getSubscription();
    await subscription?.unsubscribe().catch(() => false);
    await call(pushRoutes.removePushSubscription, { params });
  }

  async function renew(): Promise<void> {
    if (stateNow().kind !== 'on') return;
    await subscribe().catch(() => undefined);
  }

  async function subscribe(): Promise<void> {
    try {
      await reachMe();
      reaches('push');
    } catch (failure) {
      reaches('page');
      throw failure;
    }
  }

  function reaches(reach: 'push' | 'page'): void {
    if (store.getState().kind === 'on') store.setState({ kind: 'on', reach }, true);
  }

  async function reachMe(): Promise<void> {
    const { publicKey } = await call(pushRoutes.getPushKey, {});
    const manager = (await platform.registration())?.pushManager;
    if (!manager) throw new Error('no push here');
    const subscription = await subscriptionFor(manager, publicKey);
    const { endpoint, keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON();
    await call(pushRoutes.savePushSubscription, {
      params,
      body: { endpoint: endpoint ?? '', keys: { p256dh, auth }, language: deps.language() },
    });
    await deps.remember({ deviceId, language: deps.language() });
  }
}

/** The one there is, unless the server has another key by now: then it is worth nothing. */
async function subscriptionFor(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const known = await manager.getSubscription();
  if (known && keyOf(known) === publicKey) return known;
  await known?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
