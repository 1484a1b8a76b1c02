import { expect, test } from 'vitest';
import { chatId, inside, otherCallId, otherChatId } from '../../testing/ownCallWorld.ts';

const onHold = { kind: 'state', state: { hand: null, isOnHold: true, isLinkPoor: false, share: null } };
const back = { kind: 'state', state: { hand: null, isOnHold: false, isLinkPoor: false, share: null } };

test('a call on hold stays, sends nothing of me, plays nothing, and the others know', async () => {
  const world = await twoCalls();
  expect(world.own.store.getState()).toMatchObject({ active: { chatId: otherChatId }, held: { chatId } });
  const [first, second] = world.transports;
  expect(first).toMatchObject({
    isClosed: false,
    isHearing: false,
    sent: { microphone: null, isMuted: true, camera: null },
  });
  expect(first?.told.at(-1)).toEqual(onHold);
  expect(second).toMatchObject({ isHearing: true, sent: { microphone: world.microphone } });
});

test('taking the held call up again holds the other one', async () => {
  const world = await twoCalls();
  world.own.resume();
  expect(world.own.store.getState()).toMatchObject({
    active: { chatId, isStageOpen: true },
    held: { chatId: otherChatId },
  });
  const [first, second] = world.transports;
  expect(first).toMatchObject({ isHearing: true, sent: { microphone: world.microphone } });
  expect(first?.told.at(-1)).toEqual(back);
  expect(second).toMatchObject({ isHearing: false, sent: { microphone: null } });
});

test('when the call I speak in ends, the held one waits, silent, to be taken up', async () => {
  const world = await twoCalls();
  world.own.leave();
  expect(world.own.store.getState()).toMatchObject({ active: null, held: { chatId } });
  expect(world.isOpen()).toBe(true);
  expect(world.transports[0]?.isHearing).toBe(false);
  world.own.resume();
  expect(world.own.store.getState()).toMatchObject({ active: { chatId }, held: null });
});

test('a held call that is lost comes back as it was: on hold', async () => {
  const world = await twoCalls();
  world.transports[0]?.events.closed('lost');
  await world.clock.advance(0);
  expect(world.own.store.getState().held?.link).toBe('up');
  expect(world.last()).toMatchObject({ isHearing: false, sent: { microphone: null, isMuted: true } });
});

test('without holding, the next call ends the one before', async () => {
  const world = await inside();
  world.own.openLobby(otherChatId);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: { callId: otherCallId }, held: null });
  expect(world.transports[0]?.isClosed).toBe(true);
});

async function twoCalls() {
  const world = await inside();
  world.own.openLobby(otherChatId);
  world.own.join({ holding: true });
  await world.clock.advance(0);
  return world;
}
