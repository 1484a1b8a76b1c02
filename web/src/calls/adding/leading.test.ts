import { callRoutes } from '@dialog/shared/calls';
import type { Chat } from '@dialog/shared/chats';
import { DeviceId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import { createFakeCall } from '../../testing/fakeServer.ts';
import { aUserId } from '../../testing/ids.ts';
import { admit, callId, going, insideDirect, otherCallId, otherChatId } from '../../testing/ownCallWorld.ts';
import { aParticipant } from '../testing.ts';
import { leadInto } from './leading.ts';

const deviceId = DeviceId.parse(uuidv7());
const ben = aUserId(2);

/** In a call with Anna, to which Ben is to be added. */
async function withAnna() {
  const world = await insideDirect();
  const [old] = world.transports;
  if (!old) throw new Error('no way was opened');
  old.events.peopleChanged([aParticipant('Me', { isMe: true }), aParticipant('Anna')]);
  world.admission = admit;
  const { call, answer } = createFakeCall();
  const begun: string[] = [];
  const left: string[] = [];
  const server = { begun, left, starting: (): Promise<void> => Promise.resolve() };
  answer(callRoutes.startCall, async ({ body }) => {
    begun.push(body.id);
    await server.starting();
    expect(body.rings).toEqual([ben]);
    return { call: { ...going, id: otherCallId } } as Chat;
  });
  answer(callRoutes.leaveCall, ({ params }) => {
    left.push(params.callId);
    return {};
  });
  const { own } = world;
  const add = (): Promise<void> =>
    leadInto({ call, own, deviceId }, { from: callId, chatId: otherChatId, isSealed: false, rings: [ben] });
  return { world, own, old, server, add };
}

test('who adds people goes on with them in a call of all, which is left by nobody', async () => {
  const { own, server, add } = await withAnna();
  await add();
  expect(own.store.getState().active?.callId).toBe(otherCallId);
  expect(server.left).toEqual([]);
});

test('where there is no way into the new call it rings no longer, and the old one goes on', async () => {
  const { world, own, old, server, add } = await withAnna();
  world.admission = () => Promise.reject(new ApiError('calls-unavailable'));
  await expect(add()).rejects.toThrow('calls-unavailable');
  expect(server.left).toEqual([otherCallId]);
  expect(own.store.getState().active).toMatchObject({ callId, link: 'up' });
  expect(old).toMatchObject({ isClosed: false, isHearing: true });
});

test('a call that may have begun without an answer is left as well', async () => {
  const { server, add } = await withAnna();
  server.starting = () => Promise.reject(new ApiError('timeout'));
  await expect(add()).rejects.toThrow('timeout');
  expect(server.left).toEqual(server.begun);
});

test('who hangs up, or turns to another call, before the new one has begun leaves nobody ringing and leads nobody else', async () => {
  for (const turnAway of ['leave', 'hold'] as const) {
    const { world, own, old, server, add } = await withAnna();
    const begun = Promise.withResolvers<void>();
    server.starting = () => begun.promise;
    const adding = add();
    own[turnAway]();
    begun.resolve();
    await expect(adding).rejects.toThrow('call-not-found');
    expect(server.left).toEqual([otherCallId]);
    expect(world.transports).toEqual([old]);
  }
});

test('who is put out while on the way leaves the new call, and is told so', async () => {
  const { world, own, old, server, add } = await withAnna();
  const connected = Promise.withResolvers<void>();
  world.connecting = () => connected.promise;
  const adding = add();
  await world.clock.advance(0);
  old.events.closed('replaced');
  connected.resolve();
  await expect(adding).rejects.toThrow('call-not-found');
  expect(own.store.getState().active).toBeNull();
  expect(server.left).toEqual([otherCallId]);
});

test('who puts the call on hold while it goes over has it on hold there', async () => {
  const { world, own, server, add } = await withAnna();
  const connected = Promise.withResolvers<void>();
  world.connecting = () => connected.promise;
  const adding = add();
  await world.clock.advance(0);
  own.hold();
  connected.resolve();
  await adding;
  expect(own.store.getState().held?.callId).toBe(otherCallId);
  expect(server.left).toEqual([]);
});
