import { callHistoryRoutes } from '@dialog/shared/calls.history';
import { callRoutes } from '@dialog/shared/calls';
import { ringRoutes } from '@dialog/shared/calls.ring';
import { chatRoutes } from '@dialog/shared/chats';
import { clearingRoutes } from '@dialog/shared/chats.clearing';
import type { DeviceId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../../platform/ids.ts';
import { hangUp, noteIn, pastOf, startCall } from '../../testing/calling.ts';
import { eventually, pause } from '../../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../../testing/people.ts';
import { startTestApp, type TestApp, testServices } from '../../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  if (!testServices().livekit) throw new Error('These tests need TEST_LIVEKIT_URL: run them with "npm test".');
  app = await startTestApp();
  const somebody = await aUser(app);
  await eventually(async () => (await somebody.call(callRoutes.getCallStatus)).status === 'ready', 10_000);
});
afterAll(() => app.stop());

test('the history of calls is read page by page', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  for (let nth = 0; nth < 3; nth += 1) {
    const callId = await startCall(ann, chat.id);
    await hangUp(ann, callId);
  }
  await eventually(async () => (await pastOf(ann)).length === 3);
  const all = (await ann.call(callHistoryRoutes.listCalls, { query: {} })).calls;
  const before = all[0]?.callId;
  if (!before) throw new Error('no call');
  const later = await ann.call(callHistoryRoutes.listCalls, { query: { before } });
  expect(later.calls).toEqual(all.slice(1));
  // Another's place in the list is none of mine.
  const stranger = await aUser(app);
  expect(await stranger.call(callHistoryRoutes.listCalls, { query: { before } })).toEqual({ calls: [], next: null });
});

test('the history of calls goes with its chat', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(ann, [bob]);
  const callId = await startCall(ann, chat.id);
  await eventually(async () => (await pastOf(bob)).length === 1);
  const kept = () => app.app.db.rows('SELECT 1 FROM call_people WHERE call_id = :id', { id: toBytes(callId) });
  expect(await kept()).toHaveLength(2);
  await bob.call(chatRoutes.leaveGroup, { params: { chatId: chat.id } });
  expect(await pastOf(bob)).toEqual([]);
  await ann.call(chatRoutes.leaveGroup, { params: { chatId: chat.id } });
  await eventually(async () => (await kept()).length === 0, 5_000);
});

test('what somebody clears is gone from their history of calls as well, and what everyone has lost from the tables', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const chatId = chat.id;
  const kept = () => app.app.db.rows('SELECT 1 FROM calls WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  const past = async () => [await pastOf(ann), await pastOf(bob)];
  await hangUp(ann, await startCall(ann, chatId));
  await eventually(async () => (await pastOf(bob)).length === 1);
  const found = await ann.call(messageRoutes.listChanges, { params: { chatId }, query: { since: '0' } });
  const position = found.kind === 'changes' ? found.changes.revision : 0;
  const later = await startCall(bob, chatId);
  await ann.call(clearingRoutes.clearForMe, { params: { chatId }, body: { position } });
  expect(await past()).toEqual([['going'], ['going', 'missed']]);
  expect(await kept()).toHaveLength(2);
  await hangUp(bob, later);
  await ann.call(clearingRoutes.clearForEveryone, { params: { chatId } });
  expect(await past()).toEqual([[], []]);
  expect(await kept()).toEqual([]);
});

const ringsOf = async (person: Person) => (await person.call(ringRoutes.listRings)).rings;

test('whoever declines has declined, for both; what was said in a call that was answered is its length', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await ann.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const first = await startCall(ann, chat.id);
  await eventually(async () => (await ringsOf(bob)).length === 1);
  await bob.call(ringRoutes.declineCall, { params: { callId: first } });
  await hangUp(ann, first);
  expect(await noteIn(ann, chat.id)).toMatchObject({ outcome: 'declined' });
  const second = await startCall(bob, chat.id);
  await eventually(async () => (await ringsOf(ann)).length === 1);
  await ann.call(ringRoutes.answerRing, { params: { callId: second }, body: { deviceId: newId<DeviceId>() } });
  await pause(50);
  await hangUp(bob, second);
  expect(await noteIn(ann, chat.id)).toMatchObject({ outcome: 'finished' });
  expect([await pastOf(ann), await pastOf(bob)]).toEqual([
    ['finished', 'declined'],
    ['finished', 'declined'],
  ]);
  const { calls } = await bob.call(callHistoryRoutes.listCalls, { query: {} });
  expect(calls[0]?.durationMs).toBeGreaterThanOrEqual(50);
});
