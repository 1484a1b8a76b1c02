import { expect, test } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import { aParticipant } from '../testing.ts';
import {
  admit,
  aWorld,
  callId,
  chatId,
  inside,
  insideDirect,
  otherCallId,
  otherChatId,
} from '../../testing/ownCallWorld.ts';

/** Something the test lets happen, or fail. */
function aGate() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { wait: () => promise, open: resolve, fail: () => reject(new Error('no')) };
}

test('with push to talk nobody is heard before the key is held, whatever the lobby showed', async () => {
  const world = aWorld();
  world.media.setHabits({ isPushToTalk: true });
  const heard: (boolean | undefined)[] = [];
  world.connecting = async () => void heard.push(world.last().sent?.isMuted);
  world.own.openLobby(chatId);
  world.media.want('microphone', true);
  world.own.join();
  await world.clock.advance(0);
  expect(heard).toEqual([true]);
  expect(world.last().sent).toMatchObject({ isMuted: true, microphone: world.microphone });
});

test('a microphone that opens while one is on the way in is sent at once', async () => {
  const world = aWorld();
  const door = aGate();
  world.connecting = door.wait;
  world.own.openLobby(chatId);
  world.media.want('microphone', false);
  world.own.join();
  await world.clock.advance(0);
  expect(world.last().sent?.isMuted).toBe(true);
  world.media.want('microphone', true);
  expect(world.last().sent?.isMuted).toBe(false);
  door.open();
});

test('who answers a call that is over by then calls nobody back', async () => {
  const world = aWorld({ listed: null });
  let starts = 0;
  world.starting = async () => void (starts += 1);
  world.own.openLobby(chatId);
  world.own.join({ claimed: Promise.resolve(false) });
  await world.clock.advance(0);
  expect(starts).toBe(0);
  expect(world.own.store.getState()).toMatchObject({ active: null, lobby: { failure: 'call-not-found' } });
});

test('after a block between the two the call is over, and is not tried again', async () => {
  const world = await inside();
  world.admission = () => Promise.reject(new ApiError('blocked-by-you'));
  world.last().events.closed('lost');
  await world.clock.advance(60_000);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'ended' } });
});

test('a call fetched from a device that speaks is silent here where one pushes to talk', async () => {
  const me = aParticipant('Me', { isMe: true });
  const there = { ...aParticipant('Me'), userId: me.userId };
  const handOver = { kind: 'handOver', isMuted: false, isCameraOn: false, hand: null } as const;
  for (const isPushToTalk of [true, false]) {
    const world = aWorld();
    world.media.setHabits({ isPushToTalk });
    world.own.fetch(chatId);
    await world.clock.advance(0);
    world.last().events.peopleChanged([me, there]);
    world.last().events.told({ identity: there.identity, message: handOver });
    expect(world.last().sent?.isMuted).toBe(isPushToTalk);
    world.own.stop();
  }
});

test('who answers another call on the way into one is in that other one alone', async () => {
  const world = aWorld();
  const slow = aGate();
  world.admission = async () => {
    await slow.wait();
    return admit();
  };
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  world.own.openLobby(otherChatId);
  world.own.join({ holding: true });
  slow.open();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ lobby: null, active: { callId: otherCallId }, held: null });
  expect(world.transports.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
});

test('opening the door that one is going through changes nothing', async () => {
  const world = aWorld();
  world.own.openLobby(chatId);
  world.own.join();
  world.own.openLobby(chatId);
  expect(world.own.store.getState().lobby?.isJoining).toBe(true);
  world.own.fetch(chatId);
  await world.clock.advance(0);
  expect(world.transports).toHaveLength(1);
  expect(world.own.store.getState().active?.callId).toBe(callId);
});

test.each(['closes the door', 'turns to another one'])(
  'a call that begins only after who began it %s is hung up',
  async (how) => {
    const world = aWorld({ listed: null });
    const slow = aGate();
    world.starting = slow.wait;
    world.own.openLobby(chatId);
    world.own.join();
    if (how === 'closes the door') world.own.closeLobby();
    else world.own.openLobby(otherChatId);
    slow.open();
    await world.clock.advance(0);
    expect(world.left).toEqual([callId]);
    expect(world.transports).toEqual([]);
  },
);

test('a call that rings while its own page could not load is hung up at the door', async () => {
  const world = aWorld({ listed: null });
  world.own.openLobby(chatId);
  world.loading = () => Promise.reject(new Error('no network'));
  world.own.join();
  await world.clock.advance(0);
  expect(world.own.store.getState().lobby?.failure).toBe('no-media');
  world.own.closeLobby();
  expect(world.left).toEqual([callId]);
});

test('who was let in and found no way to the others is in no call once they close the door', async () => {
  const world = aWorld();
  world.connecting = () => Promise.reject(new Error('no media'));
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  expect(world.left).toEqual([]);
  world.own.closeLobby();
  expect(world.left).toEqual([callId]);
});

test('who is put out on the way in is told so once, and stands at no door', async () => {
  const world = aWorld();
  const way = aGate();
  world.connecting = way.wait;
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  world.last().events.closed('replaced');
  way.fail();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: null, lobby: null, ended: { reason: 'replaced' } });
});

test('who is put out before there is anything to see of the call is told so, and does not wait at the door', async () => {
  const world = await insideDirect(() => new Promise(() => {}));
  expect(world.own.store.getState().lobby?.isJoining).toBe(true);
  world.last().events.closed('replaced');
  expect(world.own.store.getState()).toMatchObject({ active: null, lobby: null, ended: { reason: 'replaced' } });
  expect([world.last().isClosed, world.isOpen()]).toEqual([true, false]);
  world.own.openLobby(chatId);
  expect(world.own.store.getState().lobby?.isJoining).toBe(false);
});

test('a call that comes to nothing while one goes on to another is gone, and does not wait on hold', async () => {
  const world = aWorld();
  const way = aGate();
  world.connecting = way.wait;
  world.own.openLobby(chatId);
  world.own.join();
  await world.clock.advance(0);
  world.connecting = () => Promise.resolve();
  world.own.openLobby(otherChatId);
  world.own.join({ holding: true });
  await world.clock.advance(0);
  way.fail();
  await world.clock.advance(0);
  expect(world.own.store.getState()).toMatchObject({ active: { callId: otherCallId }, held: null, lobby: null });
});

test('whose call ended while another one begins in the same chat is not told that they were removed', async () => {
  const world = await inside({ listed: null });
  world.setChat({ call: { id: otherCallId, startedBy: aParticipant('Anna').userId, startedAt: '', way: 'sfu' } });
  world.admission = () => Promise.reject(new ApiError('call-not-found'));
  world.last().events.closed('lost');
  await world.clock.advance(0);
  expect(world.own.store.getState().ended?.reason).toBe('ended');
});
