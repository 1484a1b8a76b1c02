import { DeviceId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { createPushDevice } from './device.ts';

test('turned off, the worker has forgotten the device before the subscription ends', async () => {
  let isWanted = true;
  let isKnown = true;
  const ended: boolean[] = [];
  const asked: string[] = [];
  const device = createPushDevice({
    call: async ({ path }) => {
      asked.push(path);
      return undefined as never;
    },
    deviceId: DeviceId.parse('00000000-0000-7000-8000-000000000001'),
    language: () => 'en',
    remember: async () => void (isKnown = true),
    forget: async () => void (isKnown = false),
    isWanted: () => isWanted,
    want: (wanted) => void (isWanted = wanted),
    platform: {
      permission: () => 'granted',
      requestPermission: async () => 'granted',
      needsInstall: false,
      registration: async () =>
        ({
          pushManager: { getSubscription: async () => ({ unsubscribe: async () => ended.push(isKnown) }) },
        }) as never,
    },
  });
  await device.turnOff();
  expect(ended).toEqual([false]);
  expect(device.store.getState()).toEqual({ kind: 'off', permission: 'granted' });
  expect(asked).toHaveLength(1);
});
