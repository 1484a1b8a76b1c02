import { DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import { aUserId } from '../../testing/ids.ts';
import { admit, callId, chatId, insideDirect, otherCallId, otherChatId } from '../../testing/ownCallWorld.ts';
import { aParticipant } from '../testing.ts';

const me = aParticipant('Me', { isMe: true });
/** Who began the call of the other chat. */
const identity = `${aUserId(1)}:${DeviceId.parse(uuidv7())}`;
const anna = aParticipant('Anna', { identity, userId: aUserId(1) });
const ben = aParticipant('Ben');
const there = { chatId: otherChatId, callId: otherCallId };
const goOn = { kind: 'goOn', ...there } as const;

async function withAnna() {
  const world = await insideDirect();
  const [old] = world.transports;
  if (!old) throw new Error('no way was opened');
  old.events.peopleChanged([me, anna]);
  old.carry(anna.identity);
  world.admission = admit;
  return { world, old };
}

test('who adds people takes the other along: both ways stand until the new one carries as much, and the first call is left', async () => {
  const { world, old } = await withAnna();
  world.media.want('microphone', false);
  await world.own.goOn({ ...there, isSealed: false });
  expect(old.told).toContainEqual(goOn);
  const next = world.last();
  expect(next).toMatchObject({ way: 'sfu', sent: { isMuted: true } });
  next.events.peopleChanged([me]);
  expect(old).toMatchObject({ isClosed: false, isHearing: true });

  next.carry(anna.identity);
  next.events.peopleChanged([me, anna, ben]);
  expect(old.isHearing).toBe(false);
  expect(world.names()).toEqual(['Me', 'Anna', 'Ben']);
  expect(world.own.store.getState().active).toMatchObject({ ...there, link: 'up', ledBy: null });
  expect(world.left).toEqual([]);
  await world.clock.advance(8_000);
  expect(world.left).toEqual([callId]);
  world.own.leave();
  expect(world.left).toEqual([callId, otherCallId]);
});

test('whoever is taken along follows who began the other call, as soon as its chat is known, and is told who it was', async () => {
  const { world, old } = await withAnna();
  old.events.told({ identity, message: { ...goOn, callId } });
  old.events.told({ identity, message: goOn });
  await world.clock.advance(0);
  expect(world.transports.map(({ way }) => way)).toEqual(['direct', 'sfu']);
  expect(world.own.store.getState().active).toMatchObject({ ...there, ledBy: anna.userId });
  // Nobody else hears of it from here.
  expect(old.told).not.toContainEqual(goOn);
});

test('nobody is taken anywhere by who did not begin that call', async () => {
  const { world, old } = await withAnna();
  old.events.told({ identity: ben.identity, message: goOn });
  await world.clock.advance(20_000);
  expect(world.transports).toHaveLength(1);
  expect(world.own.store.getState().active).toMatchObject({ chatId, callId });
});

test('where there is no way into the other call, this one goes on as it was', async () => {
  const { world, old } = await withAnna();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  await expect(world.own.goOn({ ...there, isSealed: false })).rejects.toThrow('calls-unavailable');
  expect(old.told).not.toContainEqual(goOn);
  expect(old).toMatchObject({ isClosed: false, isHearing: true });
  expect(world.own.store.getState().active).toMatchObject({ chatId, callId, link: 'up' });
  world.setChat({ call: null });
  expect(world.own.store.getState().ended).toMatchObject({ chatId, reason: 'ended' });
});
