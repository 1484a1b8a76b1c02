import { ApiError } from '../../platform/api.ts';
import { expect, test } from 'vitest';
import { admit, aWorld, callId, chatId, going, inside } from '../../testing/ownCallWorld.ts';

test('joining brings the microphone and camera of the lobby along, muted if muted', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  world.media.want('microphone', false);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ lobby: null, active: { chatId, callId, link: 'up' } });
  expect(world.last().sent).toMatchObject({ isMuted: true, microphone: world.microphone });
});

test('no reconnect unmutes: each new way begins with what is wanted at that moment', async () => {
  const world = await inside();
  world.media.want('microphone', false);
  expect(world.last().sent?.isMuted).toBe(true);
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.transports).toHaveLength(2);
  expect(world.last().sent?.isMuted).toBe(true);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('who is muted at the media server stays so on each later way, until they unmute themselves', async () => {
  const world = await inside();
  world.last().events.silenced('microphone');
  expect(world.last().sent?.isMuted).toBe(true);
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.last().sent?.isMuted).toBe(true);
  expect(world.own.store.getState().active?.isSilenced).toBe(true);
  world.media.want('microphone', true);
  expect(world.last().sent?.isMuted).toBe(false);
  expect(world.own.store.getState().active?.isSilenced).toBe(false);
});

test('a lost way is found again with a fresh token, however long the server has no media', async () => {
  const world = await inside();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  world.last().events.closed('lost');
  await world.clock.advance(60_000);
  expect(world.own.store.getState().active).toMatchObject({ callId, link: 'lost' });
  expect(world.asked).toBeLessThan(20);
  world.admission = admit;
  await world.clock.advance(5_000);
  expect(world.own.store.getState().active).toMatchObject({ callId, link: 'up' });
});

test('silence is shown at once, and after six seconds of it we come back by ourselves', async () => {
  const world = await inside();
  world.last().events.linkChanged(false);
  expect(world.own.store.getState().active?.link).toBe('lost');
  await world.clock.advance(5_900);
  expect(world.transports).toHaveLength(1);
  await world.clock.advance(200);
  expect(world.transports).toHaveLength(2);
  expect(world.transports[0]?.isClosed).toBe(true);
});

test('a link that answers again is left as it is', async () => {
  const world = await inside();
  world.last().events.linkChanged(false);
  await world.clock.advance(3_000);
  world.last().events.linkChanged(true);
  await world.clock.advance(60_000);
  expect(world.transports).toHaveLength(1);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('whoever is no longer in the chat is out of the call before the media stop', async () => {
  const world = await inside();
  world.setChat(null);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'removed' } });
  expect(world.last().isClosed).toBe(true);
  expect(world.isOpen()).toBe(false);
});

test('when the call ends for all, so it does here; but one just started may reach the list late', async () => {
  const world = aWorld({ listed: null });
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  world.setChat({ call: null });
  expect(world.own.store.getState().active?.link).toBe('up');
  world.setChat({ call: going });
  world.setChat({ call: null });
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'ended' } });
});

test('the server has the last word on coming back', async () => {
  const world = await inside();
  world.admission = () => Promise.reject(new ApiError('call-not-found'));
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'removed' } });
});

test('what goes wrong on the way in is said in the lobby, and pressing again may help', async () => {
  const world = aWorld();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().lobby).toEqual({ chatId, isJoining: false, failure: 'calls-unavailable' });
  world.admission = admit;
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('whoever stands before a sealed call with a browser that cannot seal reads so before they press', () => {
  const world = aWorld({ listed: { ...going, isSealed: true } });
  world.own.openLobby(chatId);
  expect(world.own.store.getState().lobby).toEqual({ chatId, isJoining: false, failure: 'no-sealing' });
});

test('a lobby that is closed while joining leads nowhere', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  world.own.join();
  world.own.closeLobby();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ lobby: null, active: null });
  expect(world.transports.every((one) => one.isClosed)).toBe(true);
  expect(world.isOpen()).toBe(false);
});

test('the lobby asks for the way in ahead of the press, but never uses a token that has grown old', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  expect(world.asked).toBe(1);
  await world.clock.advance(29_000);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().active?.link).toBe('up');
  expect(world.asked).toBe(1);
  world.own.leave();

  world.own.openLobby(chatId);
  await world.clock.advance(31_000);
  world.own.join();
  await world.clock.advance(0);
  expect([world.asked, world.askedAhead]).toEqual([3, 2]);
});

test('whoever answers is let in while the server is still asked whether the call is theirs, and goes in only with that', async () => {
  const { world, claim } = await claiming();
  expect([world.asked, world.transports.length]).toEqual([1, 0]);
  claim(true);
  await world.clock.advance(0);
  expect(world.own.store.getState().active?.link).toBe('up');
});

test('a call that is not theirs lets nobody in, and they are taken out again', async () => {
  const { world, claim } = await claiming();
  claim(false);
  world.own.closeLobby();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: null, lobby: null });
  expect([world.transports.length, world.left]).toEqual([0, [callId]]);
});

test('what another device of theirs has answered is asked for only ahead of time, which moves no call', async () => {
  const { world, claim } = await claiming({
    listed: { ...going, way: 'direct' },
    admission: () => Promise.reject(new ApiError('calls-unavailable')),
  });
  claim(false);
  await world.clock.advance(0);
  expect([world.asked, world.askedAhead]).toEqual([1, 1]);
});

test('leaving closes the way and the devices, and old ways have nothing more to say', async () => {
  const world = await inside();
  const { events } = world.last();
  world.own.leave();
  events.closed('lost');
  events.linkChanged(false);
  await world.clock.advance(60_000);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: null });
  expect(world.transports).toHaveLength(1);
  expect(world.isOpen()).toBe(false);
  expect(world.left).toEqual([callId]);
});

test('whoever only stands before a direct call is not let in: that would put another page of this browser out', async () => {
  const world = aWorld();
  world.setChat({ call: { ...going, way: 'direct' } });
  world.own.openLobby(chatId);
  await world.clock.advance(1_000);
  expect(world.asked).toBe(0);
});

test('a way in that breaks off leads back to the lobby, and the devices stay open there', async () => {
  const world = aWorld();
  world.connecting = () => Promise.reject(new Error('no media'));
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: null, lobby: { isJoining: false, failure: 'no-media' } });
  expect(world.last().isClosed).toBe(true);
  expect(world.isOpen()).toBe(true);
});

test('opening the call one is in shows its stage again and no lobby', async () => {
  const world = await inside();
  world.own.showStage(false);
  world.own.openLobby(chatId);
  expect(world.own.store.getState()).toMatchObject({ lobby: null, active: { isStageOpen: true } });
});

/** On the way in, while it is not known yet whether the call is theirs. */
async function claiming({ listed = going, admission = admit }: Parameters<typeof inside>[0] = {}) {
  const world = aWorld({ listed });
  world.admission = admission;
  let claim = (_isMine: boolean): void => {};
  const claimed = new Promise<boolean>((resolve) => {
    claim = resolve;
  });
  world.own.openLobby(chatId);
  world.own.join({ claimed });
  await world.clock.advance(0);
  return { world, claim: (isMine: boolean) => claim(isMine) };
}
