import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { ChatId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { pollRoutes } from '@dialog/shared/messages.polls';
import { mentionOf } from '@dialog/shared/mentions';
import { threadRoutes } from '@dialog/shared/messages.threads';
import { settingsRoutes } from '@dialog/shared/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually, pause, post } from '../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { SETTLED_MS, startPushedApp, type PushedApp } from '../testing/pushedApp.ts';
import type { PushServiceStandIn } from '../testing/pushService.ts';
import type { TestApp, TestNode } from '../testing/startTestApp.ts';

let pushed: PushedApp;
let app: TestApp;
let service: PushServiceStandIn;
let other: TestNode;
beforeAll(async () => {
  pushed = await startPushedApp();
  ({ app, service, other } = pushed);
});
afterAll(() => pushed.stop());

const read = (person: Person, at: { chatId: ChatId; position: number }, node?: TestNode) =>
  person.call(messageRoutes.markRead, { params: { chatId: at.chatId }, body: { position: at.position } }, node);

test('a message is pushed to a device of its reader, encrypted for it, once, and to nobody else', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const [own, second] = [service.device(), service.device()];
  await own.subscribe(writer);
  await second.subscribe(reader);
  const { position } = await post(writer, { chatId, text: 'Hello **you**, the secret is ||42||' });

  await eventually(() => device.found.length === 1 && second.found.length === 1);
  await pause(SETTLED_MS);
  expect(device.of('message')).toMatchObject([
    {
      chatId,
      position,
      thread: null,
      count: 1,
      language: 'en',
      isQuiet: false,
      content: {
        sender: { name: 'Ada Writer', picture: null },
        title: null,
        text: 'Hello you, the secret is ▒▒▒',
        part: null,
      },
    },
  ]);
  expect([device.found.length, second.found.length, own.found.length]).toEqual([1, 1, 0]);
  const headers = device.found[0]?.headers;
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' });
  expect(headers?.authorization).toMatch(/^vapid t=.+, k=.+/);
  expect(Number(headers?.['ttl'])).toBeGreaterThan(86_000);
  expect(headers?.['topic']).toMatch(/^[\w-]{32}$/);
});

test('who looks at a chat is not told of it by any device, unless it is unread a minute later', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const page = await reader.connect(other);
  page.emit('watchChat', { chatId, isSeen: true });
  await pause(200);
  const { position } = await post(writer, { chatId, text: 'You are looking' });
  await pause(SETTLED_MS);
  expect(device.found).toEqual([]);
  await read(reader, { chatId, position }, other);

  const late = await post(writer, { chatId, text: 'But did you see?' });
  await pause(SETTLED_MS);
  expect(device.found).toEqual([]);
  // A minute passes.
  await app.app.db.run(`UPDATE messages SET posted_at = posted_at - INTERVAL 61 SECOND`);
  await app.app.db.run(`UPDATE push_due SET due_at = UTC_TIMESTAMP(3)`);
  await eventually(() => device.found.length === 1);
  expect(device.of('message')).toMatchObject([{ position: late.position, count: 1 }]);

  // Away, or elsewhere: told at once.
  page.emit('watchChat', { chatId, isSeen: false });
  await pause(1_200);
  await post(writer, { chatId, text: 'And now?' });
  await eventually(() => device.found.length === 2);
  expect(device.of('message').at(-1)).toMatchObject({ count: 2, content: { text: 'And now?' } });
  page.close();
});

test('what was read before it was told is told nobody, and what was told goes from the screens when it is read, and from no other', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const later = service.device();
  const { position } = await post(writer, { chatId, text: 'one' });
  await eventually(() => device.found.length === 1);
  await later.subscribe(reader);
  await read(reader, { chatId, position }, other);
  await eventually(() => device.of('withdraw').length === 1);
  await pause(SETTLED_MS);
  expect(device.of('withdraw')).toMatchObject([
    { tag: `chat:${chatId}`, until: position, mustShow: false, isQuiet: true },
  ]);
  expect(later.found).toEqual([]);

  // Nothing to read, nothing to take off.
  await read(reader, { chatId, position });
  await pause(SETTLED_MS);
  expect(device.found).toHaveLength(2);
});

test('mute, levels, quiet hours and do not disturb are kept, and calls by name come through where they may', async () => {
  const [writer, { reader, device }] = await Promise.all([aUser(app), pushed.aReader()]);
  const { chat } = await aGroup(writer, [reader], 'The crew');
  const params = { chatId: chat.id };
  const place = (body: object) => reader.call(arrangingRoutes.arrangeChat, { params, body });
  const choose = (body: object) => reader.call(settingsRoutes.changeSettings, { body });
  /** The rules are those of the moment when it is told. */
  const say = async (text: string) => {
    await post(writer, { chatId: chat.id, text });
    await pause(400);
  };
  const name = mentionOf(reader.user.id);
  const texts = () => device.of('message', 'mention', 'reply').map(({ content }) => content?.text);

  await place({ mutedUntil: new Date(Date.now() + 3_600_000).toISOString() });
  await say(`muted ${name}`);
  await place({ mutedUntil: null, level: 'nothing' });
  await say(`nothing ${name}`);
  await place({ level: 'mentions' });
  await say('mentions');
  await place({ level: null });
  await choose({ notifications: { groups: 'mentions' } });
  await say('groups are quiet');
  await choose({ notifications: { groups: 'all', quietHours: { from: 0, until: 1_439, timeZone: 'UTC' } } });
  await say(`at night ${name}`);
  await choose({ notifications: { quietHours: null }, presence: { choice: 'doNotDisturb', until: null } });
  await say(`busy ${name}`);
  await pause(SETTLED_MS);
  expect(texts()).toEqual([]);

  await choose({ presence: { choice: 'automatic', until: null } });
  const own = await reader.call(messageRoutes.postMessage, { params, body: { id: newId<never>(), text: 'mine' } });
  await say('everything');
  await eventually(() => texts().length === 1);
  await pause(1_100);
  await place({ level: 'mentions' });
  await say(`you, ${name}`);
  await eventually(() => texts().length === 2);
  await pause(1_100);
  await writer.call(messageRoutes.postMessage, {
    params,
    body: { id: newId<never>(), text: 'yes', replyTo: own.position },
  });
  await eventually(() => texts().length === 3);
  expect(device.found.map(({ payload }) => payload.kind)).toEqual(['message', 'mention', 'reply']);
  expect(device.of('mention')[0]?.content).toMatchObject({ title: 'The crew', text: 'you, @Reader' });
});

test('a question is said with the names of those whom it names', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const question = `Where shall we meet, ${mentionOf(reader.user.id)}?`;
  const body = { id: newId<never>(), question, options: ['Here', 'There'], isMultiple: false, isAnonymous: false };
  await writer.call(pollRoutes.postPoll, { params: { chatId }, body });
  await eventually(() => device.found.length === 1);
  expect(device.of('message')).toMatchObject([{ content: { text: 'Where shall we meet, @Reader?', part: 'poll' } }]);
});

test('who does not want it shown is told that there is something, and nothing else', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  await reader.call(settingsRoutes.changeSettings, {
    body: { notifications: { showsContent: false, sound: 'none' }, appearance: { language: 'de' } },
  });
  await post(writer, { chatId, text: 'very private' });
  await eventually(() => device.found.length === 1);
  const said = JSON.stringify(device.found[0]?.payload);
  expect(said).not.toContain('private');
  expect(said).not.toContain('Ada');
  expect(device.of('message')).toMatchObject([{ content: null, count: 1, isQuiet: true, language: 'de' }]);
});

test('a thread is told of to those who follow it, and taken off when it is read there', async () => {
  const [writer, { reader, device }, { reader: passerBy, device: passing }] = await Promise.all([
    aUser(app),
    pushed.aReader(),
    pushed.aReader(),
  ]);
  const { chat } = await aGroup(writer, [reader, passerBy]);
  const params = { chatId: chat.id };
  const root = await reader.call(messageRoutes.postMessage, { params, body: { id: newId<never>(), text: 'root' } });
  await eventually(() => passing.found.length === 1);
  const reply = (text: string) =>
    writer.call(messageRoutes.postMessage, { params, body: { id: newId<never>(), text, thread: root.position } });
  await reply('first');
  // Who wrote the root follows its thread: a job of the first reply.
  await eventually(async () => {
    const { roots } = await reader.call(threadRoutes.listThreads, { params, query: { following: 'true' } });
    return roots.length > 0;
  });
  await pause(1_200);
  const second = await reply('second');
  await eventually(() => device.of('reply').some(({ content }) => content?.text === 'second'));
  expect(device.of('reply').at(-1)).toMatchObject({ thread: root.position, position: second.position });
  await pause(SETTLED_MS);
  expect(passing.found).toHaveLength(1);
  await reader.call(threadRoutes.markThreadRead, { params, body: { root: root.position, position: second.position } });
  await eventually(() => device.of('withdraw').length === 1);
  expect(device.of('withdraw')).toMatchObject([{ tag: `thread:${chat.id}:${root.position}`, until: second.position }]);
});

test('reactions to what one wrote are told to who wants that', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  const mine = await reader.call(messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId<never>(), text: 'I did it' },
  });
  const react = (emoji: string) =>
    writer.call(messageActRoutes.react, { params: { chatId, messageId: mine.id }, body: { emoji, isOn: true } });
  await react('👍');
  await pause(SETTLED_MS);
  expect(device.found).toEqual([]);
  await reader.call(settingsRoutes.changeSettings, { body: { notifications: { reactions: true } } });
  await react('🎉');
  await eventually(() => device.found.length === 1);
  expect(device.of('reaction')).toMatchObject([
    { position: mine.position, content: { emoji: '🎉', text: 'I did it', sender: { name: 'Ada Writer' } } },
  ]);
});

test('a reaction that was taken back before it was told is told nobody', async () => {
  const { writer, reader, device, chatId } = await pushed.aPair();
  await reader.call(settingsRoutes.changeSettings, { body: { notifications: { reactions: true } } });
  const { id: messageId, position } = await post(reader, { chatId, text: 'I did it' });
  const react = (emoji: string, isOn: boolean) =>
    writer.call(messageActRoutes.react, { params: { chatId, messageId }, body: { emoji, isOn } });
  await react('🎉', true);
  await eventually(() => device.of('reaction').length === 1);
  await react('🎉', false);
  // Of one written down before, told after it; and of one that stands.
  await react('👍', true);
  await eventually(() => device.of('reaction').length === 2);
  for (const emoji of ['🎉', '👍']) {
    const event = { kind: 'reaction' as const, chatId, position, actorId: writer.user.id, emoji };
    await pushed.addJob('push.event', { userIds: [reader.user.id], event, about: `of a moment before ${emoji}` });
  }
  await eventually(() => device.of('reaction').length === 3);
  await pause(SETTLED_MS);
  expect(device.of('reaction').map(({ content }) => content?.emoji)).toEqual(['🎉', '👍', '👍']);
});
