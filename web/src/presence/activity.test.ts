import { IDLE_AFTER_MS } from '@dialog/shared/presence';
import { expect, test } from 'vitest';
import { createFakeSocket } from '../testing/fakeServer.ts';
import { createTestClock } from '../testing/testClock.ts';
import { type PageSigns, reportActivity } from './activity.ts';

function aPage({ isHidden = false } = {}) {
  const clock = createTestClock();
  const socket = createFakeSocket();
  let hear: Parameters<PageSigns['listen']>[0] | undefined;
  const hidden = { is: isHidden };
  reportActivity({
    socket,
    clock,
    page: {
      isHidden: () => hidden.is,
      listen(heard) {
        hear = heard;
        return () => undefined;
      },
    },
  });
  return {
    clock,
    socket,
    input: () => hear?.input(),
    turn(isNowHidden: boolean) {
      hidden.is = isNowHidden;
      hear?.turned();
    },
    reported: () => socket.signals.map(({ payload }) => (payload as { isActive: boolean }).isActive),
  };
}

test('five minutes without input, and nobody is there; the next key says that somebody is', async () => {
  const { clock, input, reported } = aPage();
  await clock.advance(IDLE_AFTER_MS - 1_000);
  input();
  await clock.advance(IDLE_AFTER_MS - 1_000);
  expect(reported()).toEqual([]);
  await clock.advance(1_000);
  expect(reported()).toEqual([false]);
  input();
  expect(reported()).toEqual([false, true]);
});

test('a glance at another tab changes nothing, a longer one does', async () => {
  const { clock, turn, reported } = aPage();
  turn(true);
  await clock.advance(5_000);
  turn(false);
  await clock.advance(60_000);
  expect(reported()).toEqual([]);
  turn(true);
  await clock.advance(10_000);
  expect(reported()).toEqual([false]);
  turn(false);
  expect(reported()).toEqual([false, true]);
});

test('each connection hears how it is, and a page opened in the background is nobody from the first word on', () => {
  const { socket, turn, reported } = aPage({ isHidden: true });
  socket.connect();
  turn(false);
  socket.connect();
  expect(reported()).toEqual([false, true, true]);
});
