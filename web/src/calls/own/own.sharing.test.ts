import { expect, test } from 'vitest';
import type { PickedScreen } from '../share/pickScreen.ts';
import { FIRST_WISH } from '../share/share.ts';
import { inside, otherChatId } from '../../testing/ownCallWorld.ts';

function aScreen() {
  const track = () => Object.assign(new EventTarget(), { isLive: true, stop: () => {} });
  const [video, sound] = [track(), track()];
  for (const one of [video, sound]) one.stop = () => (one.isLive = false);
  const picked = { video, sound, surface: 'monitor' } as unknown as PickedScreen;
  return { picked, live: () => [video, sound].filter(({ isLive }) => isLive).length };
}

async function sharing() {
  const world = await inside();
  const screen = aScreen();
  world.picking = () => Promise.resolve(screen.picked);
  world.own.share({ act: 'start', wish: FIRST_WISH });
  await world.clock.advance(0);
  return { world, screen };
}

test('a shared screen is seen in the call, and nothing is captured any more once that is over', async () => {
  for (const how of ['left', 'ended', 'replaced'] as const) {
    const { world, screen } = await sharing();
    expect(world.last().sent?.screen).toMatchObject({ video: screen.picked.video, sound: screen.picked.sound });
    if (how === 'left') world.own.leave();
    else if (how === 'ended') world.setChat({ call: null });
    else world.last().events.closed('replaced');
    expect([how, screen.live()]).toEqual([how, 0]);
  }
});

test('a screen that is picked only when the call is over is let go of at once', async () => {
  const world = await inside();
  const screen = aScreen();
  const { promise, resolve } = Promise.withResolvers<PickedScreen>();
  world.picking = () => promise;
  world.own.share({ act: 'start', wish: FIRST_WISH });
  world.own.leave();
  resolve(screen.picked);
  await world.clock.advance(0);
  expect(screen.live()).toBe(0);
});

test('a lost way comes back with the screen, and a call on hold shows nothing of it', async () => {
  const { world, screen } = await sharing();
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.transports).toHaveLength(2);
  expect(world.last().sent?.screen?.video).toBe(screen.picked.video);
  world.own.openLobby(otherChatId);
  world.own.join({ holding: true });
  await world.clock.advance(0);
  expect(world.transports[1]?.sent?.screen).toBeNull();
  expect(world.last().sent?.screen).toBeNull();
  world.own.resume();
  expect(world.transports[1]?.sent?.screen?.video).toBe(screen.picked.video);
});
