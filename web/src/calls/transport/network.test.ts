import { expect, test } from 'vitest';
import { followNetwork } from './network.ts';

function aDevice(type: string | undefined) {
  const page = new EventTarget();
  const connection = Object.assign(new EventTarget(), { type });
  let changes = 0;
  const stop = followNetwork(() => (changes += 1), { page, connection });
  return {
    stop,
    changes: () => changes,
    online: () => page.dispatchEvent(new Event('online')),
    moveTo(next: string | undefined) {
      connection.type = next;
      connection.dispatchEvent(new Event('change'));
    },
  };
}

test('coming back onto a network and moving from Wi-Fi to mobile are told at once', () => {
  const device = aDevice('wifi');
  device.online();
  expect(device.changes()).toBe(1);
  device.moveTo('cellular');
  expect(device.changes()).toBe(2);
});

test('a network that only grew slower, or is gone, is no other network', () => {
  const device = aDevice('wifi');
  device.moveTo('wifi');
  device.moveTo('none');
  expect(device.changes()).toBe(0);
  const onADesk = aDevice(undefined);
  onADesk.moveTo(undefined);
  expect(onADesk.changes()).toBe(0);
});

test('nobody is told after the call', () => {
  const device = aDevice('wifi');
  device.stop();
  device.online();
  device.moveTo('cellular');
  expect(device.changes()).toBe(0);
});
