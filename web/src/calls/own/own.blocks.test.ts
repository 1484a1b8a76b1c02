import { expect, test } from 'vitest';
import { aParticipant, aVideo } from '../testing.ts';
import { admit, inside, insideDirect, otherChatId } from '../../testing/ownCallWorld.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna', { camera: aVideo('anna'), isSpeaking: true });
const ben = aParticipant('Ben', { camera: aVideo('ben') });
const clap = { kind: 'emoji', emoji: '👏' } as const;

test('whom one blocks is neither seen nor heard in the call of a group, from that moment until it is lifted', async () => {
  const world = await inside();
  const shown = (name: string) => world.own.store.getState().active?.people.find((one) => one.name === name);
  const heard: string[] = [];
  world.own.onTold(({ identity }) => heard.push(identity));
  const { events, volumes } = world.last();
  events.peopleChanged([me, anna, ben]);
  expect(shown('Anna')).toMatchObject({ camera: { id: 'anna' }, isBlocked: false });

  world.setBlocked(anna.userId);
  expect(shown('Anna')).toMatchObject({ camera: null, isSpeaking: false, isBlocked: true });
  expect(shown('Ben')).toMatchObject({ camera: { id: 'ben' }, isBlocked: false });
  expect([volumes.get(anna.identity), volumes.get(ben.identity)]).toEqual([0, 1]);
  world.own.volumes.set(anna.userId, 0.5);
  expect(volumes.get(anna.identity)).toBe(0);
  for (const { identity } of [anna, ben]) events.told({ identity, message: clap });
  expect(heard).toEqual([ben.identity]);

  world.setBlocked();
  expect(shown('Anna')).toMatchObject({ camera: { id: 'anna' }, isBlocked: false });
  expect(volumes.get(anna.identity)).toBe(0.5);
});

test('a block ends a direct call with that person at the press, with whomever else one speaks meanwhile', async () => {
  const world = await insideDirect();
  world.last().events.peopleChanged([me, anna]);
  world.setBlocked(ben.userId);
  expect(world.own.store.getState()).toMatchObject({ active: { link: 'up' }, ended: null });
  world.setBlocked(anna.userId);
  expect(world.last().isClosed).toBe(true);
  expect(world.own.store.getState()).toMatchObject({ active: null, ended: { reason: 'ended' } });
});

test('a direct call on hold ends at the block as well, and the one that one speaks in goes on', async () => {
  const world = await insideDirect();
  world.last().events.peopleChanged([me, anna]);
  world.admission = admit;
  world.own.openLobby(otherChatId);
  world.own.join({ holding: true });
  await world.clock.advance(0);
  world.setBlocked(anna.userId);
  expect(world.transports.map(({ way, isClosed }) => [way, isClosed])).toEqual([
    ['direct', true],
    ['sfu', false],
  ]);
  expect(world.own.store.getState()).toMatchObject({ active: { chatId: otherChatId }, held: null });
});
