import { groupRoutes } from '@dialog/shared/chats.groups';
import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { SCHEDULED_MAX, scheduledRoutes } from '@dialog/shared/messages.scheduled';
import { messageRoutes } from '@dialog/shared/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { expiryRepository } from './messages.expiry.repository.ts';
import { scheduledRepository } from './messages.scheduled.repository.ts';

let app: TestApp;
let other: TestNode;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  other = app.nodes[1] as TestNode;
});
afterAll(() => app.stop());

const HOUR_MS = 3_600_000;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

async function aChat(): Promise<{ alice: Person; bob: Person; chatId: ChatId }> {
  const [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  return { alice, bob, chatId: (await aGroup(alice, [bob])).chat.id };
}

function schedule(person: Person, chatId: ChatId, body: { text: string; sendAt: string; id?: MessageId }) {
  return person.call(scheduledRoutes.scheduleMessage, {
    params: { chatId },
    body: { id: newId<MessageId>(), ...body },
  });
}

async function listed(person: Person, chatId: ChatId, node?: TestNode) {
  return (await person.call(scheduledRoutes.listScheduled, { params: { chatId } }, node)).messages;
}

async function textsOf(person: Person, chatId: ChatId): Promise<string[]> {
  const { history } = await person.call(messageRoutes.openChat, { params: { chatId } });
  return history.messages.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
}

test('what is scheduled is its sender’s alone until its time, and then stands once, under its id, without sound', async () => {
  const { alice, bob, chatId } = await aChat();
  const id = newId<MessageId>();
  const told = nextEvent(await alice.connect(other), 'scheduledChanged');
  const body = { id, text: 'at its time', isSilent: true as const, sendAt: inMs(1_500) };
  const first = await alice.call(scheduledRoutes.scheduleMessage, { params: { chatId }, body });
  const again = await alice.call(scheduledRoutes.scheduleMessage, { params: { chatId }, body }, other);

  expect(again).toEqual(first);
  expect(await told).toEqual({ chatId });
  expect(await listed(alice, chatId, other)).toEqual([first]);
  expect([await listed(bob, chatId), await textsOf(bob, chatId)]).toEqual([[], []]);
  const [row] = await app.app.db.rows('SELECT body FROM scheduled_messages WHERE id = :id', { id: toBytes(id) });
  expect(String(row?.['body'])).not.toContain('time');

  await eventually(async () => (await textsOf(bob, chatId)).length > 0, 10_000);
  await eventually(async () => (await listed(alice, chatId)).length === 0);
  const { history } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  expect(history.messages.filter((message) => message.id === id)).toMatchObject([
    { senderId: alice.user.id, isSilent: true, content: { kind: 'text', text: 'at its time' } },
  ]);
});

test('R6: whoever dies between posting and forgetting posts nothing twice, nor does a clock that steps', async () => {
  const { alice, bob, chatId } = await aChat();
  const { id } = await schedule(alice, chatId, { text: 'once', sendAt: inMs(HOUR_MS) });
  const again = { id, text: 'once', sendAt: inMs(0) };
  const values = { id: toBytes(id), past: new Date(Date.now() - HOUR_MS), future: new Date(Date.now() + HOUR_MS) };
  const [row] = await app.app.db.rows('SELECT * FROM scheduled_messages WHERE id = :id', values);
  await app.app.db.run('UPDATE scheduled_messages SET send_at = :past WHERE id = :id', values);
  await eventually(async () => (await textsOf(bob, chatId)).length === 1, 10_000);
  await eventually(async () => (await listed(alice, chatId)).length === 0);

  // As it stood when the node that had posted it died.
  await app.app.db.run(
    `INSERT INTO scheduled_messages (id, chat_id, sender_id, body, send_at, taken_until)
     VALUES (:id, :chatId, :senderId, :body, :past, :past)`,
    { ...values, chatId: toBytes(chatId), senderId: toBytes(alice.user.id), body: row?.['body'] as Buffer },
  );
  await eventually(async () => (await listed(alice, chatId)).length === 0, 10_000);
  expect(await textsOf(bob, chatId)).toEqual(['once']);
  await expect(schedule(alice, chatId, again)).rejects.toMatchObject({ reply: { code: 'id-taken' } });
});

test('words and time can be changed, it can be sent at once or forgotten, and not while it is being posted', async () => {
  const { alice, bob, chatId } = await aChat();
  const [one, two, three] = await Promise.all(
    ['one', 'two', 'three'].map((text) => schedule(alice, chatId, { text, sendAt: inMs(HOUR_MS) })),
  );
  if (!one || !two || !three) throw new Error('three messages');
  const params = ({ id }: { id: MessageId }) => ({ params: { chatId, messageId: id } });
  const sendAt = inMs(2 * HOUR_MS);
  await alice.call(scheduledRoutes.changeScheduled, { ...params(one), body: { text: 'first', sendAt } });
  await alice.call(scheduledRoutes.cancelScheduled, params(two), other);
  const sent = await alice.call(scheduledRoutes.sendScheduled, params(three), other);

  expect(await listed(alice, chatId)).toMatchObject([{ id: one.id, text: 'first', sendAt }]);
  expect(sent).toMatchObject({ id: three.id, content: { text: 'three' } });
  expect(await textsOf(bob, chatId)).toEqual(['three']);
  const foreign = bob.call(scheduledRoutes.cancelScheduled, params(one));
  await expect(foreign).rejects.toMatchObject({ reply: { code: 'message-not-found' } });

  await app.app.db.run('UPDATE scheduled_messages SET taken_until = :until WHERE id = :id', {
    until: new Date(Date.now() + HOUR_MS),
    id: toBytes(one.id),
  });
  const late = alice.call(scheduledRoutes.changeScheduled, { ...params(one), body: { text: 'too late' } });
  await expect(late).rejects.toMatchObject({ reply: { code: 'message-not-found' } });
});

test('R11: who is no longer in the chat when the time comes has nothing posted, and their words are not lost', async () => {
  const { alice, bob, chatId } = await aChat();
  const { id } = await schedule(bob, chatId, { text: 'from outside', sendAt: inMs(700) });
  await alice.call(chatRoutes.removeMember, { params: { chatId, userId: bob.user.id } });

  await eventually(async () => (await listed(bob, chatId))[0]?.failure !== undefined, 10_000);
  expect(await listed(bob, chatId)).toMatchObject([{ id, text: 'from outside', failure: 'chat-not-found' }]);
  await pause(200);
  expect(await textsOf(alice, chatId)).toEqual([]);
  const params = { chatId, messageId: id };
  const refused = bob.call(scheduledRoutes.sendScheduled, { params });
  await expect(refused).rejects.toMatchObject({ reply: { code: 'chat-not-found' } });
  await bob.call(scheduledRoutes.cancelScheduled, { params });
  await expect(listed(bob, chatId)).rejects.toMatchObject({ reply: { code: 'chat-not-found' } });
});

test('what is refused at its time stays with the reason, and can be sent, put off or forgotten', async () => {
  const { alice, bob, chatId } = await aChat();
  const { id } = await schedule(bob, chatId, { text: 'too late', sendAt: inMs(700) });
  const params = { chatId, messageId: id };
  const announce = (isAnnouncementOnly: boolean) =>
    alice.call(groupRoutes.changeGroup, { params: { chatId }, body: { isAnnouncementOnly } });
  await announce(true);
  await eventually(async () => (await listed(bob, chatId))[0]?.failure === 'announcement-only', 10_000);
  const refused = bob.call(scheduledRoutes.sendScheduled, { params });
  await expect(refused).rejects.toMatchObject({ reply: { code: 'announcement-only' } });
  expect(await listed(bob, chatId)).toMatchObject([{ id, failure: 'announcement-only' }]);

  await bob.call(scheduledRoutes.changeScheduled, { params, body: { sendAt: inMs(HOUR_MS) } });
  expect((await listed(bob, chatId))[0]).not.toHaveProperty('failure');
  await announce(false);
  await bob.call(scheduledRoutes.sendScheduled, { params });
  expect([await textsOf(alice, chatId), await listed(bob, chatId)]).toEqual([['too late'], []]);
});

test('whom slow mode keeps waiting waits here as well, says so, and is posted when it is over', async () => {
  const { alice, bob, chatId } = await aChat();
  await alice.call(groupRoutes.changeGroup, { params: { chatId }, body: { slowModeSeconds: 10 } });
  await post(bob, { chatId, id: newId<MessageId>(), text: 'first' });
  await schedule(bob, chatId, { text: 'second', sendAt: inMs(100) });
  await eventually(async () => (await listed(bob, chatId))[0]?.failure === 'slow-mode', 10_000);
  const [waiting] = await listed(bob, chatId);
  expect(new Date(waiting?.sendAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  await eventually(async () => (await textsOf(alice, chatId)).includes('second'), 20_000);
  expect(await listed(bob, chatId)).toEqual([]);
}, 40_000);

test('a person schedules so many, and so far ahead, and no more', async () => {
  const { alice, chatId } = await aChat();
  const far = schedule(alice, chatId, { text: 'far', sendAt: inMs(400 * 24 * HOUR_MS) });
  await expect(far).rejects.toMatchObject({ reply: { code: 'too-far-ahead' } });
  const all = Array.from({ length: SCHEDULED_MAX + 5 }, (_, n) =>
    schedule(alice, chatId, { text: `text ${n}`, sendAt: inMs(HOUR_MS) }).catch((error: unknown) => error),
  );
  const outcomes = await Promise.all(all);
  expect(outcomes.filter((one) => one instanceof Error)).toHaveLength(5);
  expect(await listed(alice, chatId)).toHaveLength(SCHEDULED_MAX);
});

test('what slow mode refuses to send now can be sent, changed or forgotten at once', async () => {
  const { alice, bob, chatId } = await aChat();
  await alice.call(groupRoutes.changeGroup, { params: { chatId }, body: { slowModeSeconds: 3_600 } });
  await post(bob, { chatId, text: 'just now' });
  const { id } = await schedule(bob, chatId, { text: 'and another', sendAt: inMs(HOUR_MS) });
  const params = { chatId, messageId: id };
  for (let tried = 0; tried < 2; tried += 1) {
    const refused = bob.call(scheduledRoutes.sendScheduled, { params });
    await expect(refused).rejects.toMatchObject({ reply: { code: 'slow-mode' } });
  }
  await bob.call(scheduledRoutes.cancelScheduled, { params });
  expect(await listed(bob, chatId)).toEqual([]);
});

test('a node whose clock runs an hour ahead posts nothing early and takes nothing back early', async () => {
  const { alice, bob, chatId } = await aChat();
  await alice.call(chatRoutes.setMessageLifetime, { params: { chatId }, body: { seconds: 3_600 } });
  await post(alice, { chatId, text: 'stands for an hour' });
  await schedule(alice, chatId, { text: 'in half an hour', sendAt: inMs(HOUR_MS / 2) });
  const ahead = new Date(Date.now() + 2 * HOUR_MS);
  await app.app.db.transaction(async (tx) => {
    expect(await scheduledRepository.due(tx, ahead, 20)).toEqual([]);
    expect(await expiryRepository.due(tx, ahead, 20)).toEqual([]);
  });
  expect(await textsOf(bob, chatId)).toEqual(['stands for an hour']);
});
