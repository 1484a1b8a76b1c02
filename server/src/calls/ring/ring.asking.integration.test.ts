import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import { ringRoutes } from '@dialog/shared/calls.ring';
import { callRoutes } from '@dialog/shared/calls';
import { chatRoutes } from '@dialog/shared/chats';
import type { CallId, ChatId, DeviceId } from '@dialog/shared/contract/values';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { hangUp, startCall } from '../../testing/calling.ts';
import { eventually, listen, pause } from '../../testing/conversation.ts';
import { enterDirect, inCall, startCall as startDirect } from '../../testing/directCalls.ts';
import { aGroup, aUser, nextEvent, type Person } from '../../testing/people.ts';
import { startTestApp, type TestApp, type TestNode, testServices } from '../../testing/startTestApp.ts';

let app: TestApp;
let one: TestNode;
let other: TestNode;
beforeAll(async () => {
  if (!testServices().livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  app = await startTestApp({ nodes: 2 });
  [one, other] = app.nodes as [TestNode, TestNode];
});
afterAll(() => app.stop());
afterEach(() => void vi.useRealTimers());

const ringsOf = async (person: Person) => (await person.call(ringRoutes.listRings, {}, other)).rings;
const ring = (by: Person, callId: CallId, whom: Person) =>
  by.call(ringRoutes.ringPerson, { params: { callId }, body: { userId: whom.user.id } }, other);
const letIn = (person: Person, callId: CallId) =>
  person.call(callRoutes.joinCall, { params: { callId }, body: { deviceId: newId<DeviceId>() } });

async function aPair(): Promise<{ ann: Person; bob: Person; chatId: ChatId }> {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  return { ann, bob, chatId: chat.id };
}

test('who is asked again while it rings is rung once, and until the time that was said first', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startCall(ann, chatId);
  await letIn(ann, callId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  const [first] = await ringsOf(bob);
  const bobs = await bob.connect(one);
  const heard = listen(bobs);
  await ring(ann, callId, bob);
  await pause(500);
  expect(heard.filter(({ event }) => event === 'callRang')).toEqual([]);
  expect(await ringsOf(bob)).toEqual([first]);
  bobs.close();
});

test('a call rings nobody any longer once who called has hung up', async () => {
  const { ann, bob, chatId } = await aPair();
  const bobs = await bob.connect(other);
  const rang = nextEvent(bobs, 'callRang');
  const callId = await startCall(ann, chatId);
  await rang;
  const over = nextEvent(bobs, 'callRingEnded');
  await hangUp(ann, callId);
  expect(await over).toEqual({ callId, reason: 'ended', deviceId: null });
  expect(await ringsOf(bob)).toEqual([]);
  bobs.close();
});

test('who is removed from a call is rung into it no longer, and not again', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(ann, [bob]);
  const callId = await startCall(ann, chat.id);
  await letIn(ann, callId);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  await ann.call(callModerationRoutes.removeFromCall, { params: { callId, userId: bob.user.id } });
  await eventually(async () => (await ringsOf(bob)).length === 0, 2_000);
  await expect(ring(ann, callId, bob)).rejects.toThrow('not-reachable');
  await ann.call(callModerationRoutes.admitToCallAgain, { params: { callId, userId: bob.user.id } });
  await ring(ann, callId, bob);
  await eventually(async () => (await ringsOf(bob)).length === 1, 2_000);
});

test('whoever began a call and is rung back into it rings no longer once they are in', async () => {
  const { ann, bob, chatId } = await aPair();
  const callId = await startDirect(ann, chatId);
  const bobs = await enterDirect(bob, { callId, socket: await bob.connect(one) });
  await ring(bob, callId, ann);
  await eventually(async () => (await ringsOf(ann)).length === 1);
  const anns = await enterDirect(ann, { callId, socket: await ann.connect(other) });
  await eventually(async () => (await ringsOf(ann)).length === 0, 3_000);
  bobs.socket.close();
  anns.socket.close();
});

test.each([-3_600_000, 3_600_000])(
  'clocks of nodes that go wrong by %i ms end nothing that rings, and take nobody out of a direct call',
  async (wrongMs) => {
    const { ann, bob, chatId } = await aPair();
    const callId = await startDirect(ann, chatId);
    const anns = await enterDirect(ann, { callId, socket: await ann.connect(one) });
    await eventually(async () => (await ringsOf(bob)).length === 1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + wrongMs });
    // Each node looks each second at what is over, and asks anew who is in a call.
    await pause(2_500);
    expect(await ringsOf(bob)).toHaveLength(1);
    expect(await inCall(anns)).toEqual([ann.user.id]);
    anns.beat();
    vi.useRealTimers();
    await pause(1_200);
    expect(await inCall(anns)).toEqual([ann.user.id]);
    anns.socket.close();
  },
);
