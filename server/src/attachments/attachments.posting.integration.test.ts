import { randomBytes } from 'node:crypto';
import { attachmentRoutes, type MediaFilter } from '@dialog/shared/attachments';
import { chatRoutes } from '@dialog/shared/chats';
import type { AttachmentId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { askUpload, beginUpload, bytesOf, getFile, liesOnDisk, postFile, upload } from '../testing/files.ts';
import { aGroup, aUser, nextEvent, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
let alice: Person;
let bob: Person;
let chatId: ChatId;

beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [alice, bob] = [await aUser(app), await aUser(app)];
  ({ id: chatId } = (await aGroup(alice, [bob])).chat);
});
afterAll(async () => {
  await app.stop();
});

interface Post {
  readonly ids: readonly AttachmentId[];
  readonly text?: string;
  readonly id?: MessageId;
  readonly to?: ChatId;
}

function postFiles(person: Person, { ids, text = '', id = newId<MessageId>(), to = chatId }: Post): Promise<Message> {
  return person.call(messageRoutes.postMessage, {
    params: { chatId: to },
    body: { id, text, attachmentIds: [...ids] },
  });
}

const aFile = (person = alice, content = randomBytes(500)) => upload(app, person, { chatId, content, name: 'a.bin' });

test('files go with a message, in the order in which they were named, to everyone who hears of it', async () => {
  const picture = await sharp({ create: { width: 80, height: 40, channels: 3, background: 'navy' } })
    .png()
    .toBuffer();
  const ids = [await aFile(), await upload(app, alice, { chatId, content: picture, name: 'sea.png' })];
  const socket = await bob.connect(app.nodes[1]);
  const heard = nextEvent(socket, 'chatChanged', (changes) => changes.messages.length > 0);
  const message = await postFiles(alice, { ids, text: 'at the sea' });
  const content = {
    kind: 'text',
    text: 'at the sea',
    attachments: [
      { id: ids[0], kind: 'file', name: 'a.bin', size: 500, mime: 'application/octet-stream' },
      expect.objectContaining({ id: ids[1], kind: 'picture', name: 'sea.png', width: 80, height: 40 }),
    ],
  };
  expect(message.content).toEqual(content);
  expect((await heard).messages[0]?.content).toEqual(content);
  const { history } = await bob.call(messageRoutes.openChat, { params: { chatId } });
  expect(history.messages.at(-1)?.content).toEqual(content);
  expect(await alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: ids[0] as never } })).toMatchObject(
    {
      state: 'attached',
    },
  );
  socket.close();
});

test('a message says something, in words or files, and names each file once', async () => {
  const id = await aFile();
  const bodies = [{ text: '  ' }, { text: '', attachmentIds: [] }, { text: 'x', attachmentIds: [id, id] }];
  const eleven = Array.from({ length: 11 }, () => newId<AttachmentId>());
  for (const body of [...bodies, { text: 'x', attachmentIds: eleven }]) {
    const posting = alice.call(messageRoutes.postMessage, { params: { chatId }, body: { id: newId(), ...body } });
    await expect(posting).rejects.toThrow('invalid-request');
  }
});

test("another's file, one of another chat, one not there, not finished, or posted before is not posted", async () => {
  const other = (await aGroup(alice, [bob])).chat.id;
  const elsewhere = await upload(app, alice, { chatId: other, content: randomBytes(10) });
  const begun = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content: randomBytes(10), id: begun });
  const mine = await aFile();
  for (const [id, code] of [
    [await aFile(bob), 'attachment-not-found'],
    [elsewhere, 'attachment-not-found'],
    [newId<AttachmentId>(), 'attachment-not-found'],
    [begun, 'attachment-not-ready'],
  ] as const) {
    await expect(postFiles(alice, { ids: [mine, id] }), code).rejects.toThrow(code);
  }
  // What was refused has cost the others nothing.
  await postFiles(alice, { ids: [mine] });
  await expect(postFiles(alice, { ids: [mine] })).rejects.toThrow('attachment-not-ready');
  expect((await askUpload(app, alice, { id: mine, method: 'DELETE' })).status).toBe(404);
});

test('R6: a post that is retried is one message; of two that want one file, at once, one gets it', async () => {
  const ids = [await aFile()];
  const id = newId<MessageId>();
  const posts = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      alice.call(
        messageRoutes.postMessage,
        { params: { chatId }, body: { id, text: '', attachmentIds: ids } },
        app.nodes[at % 2],
      ),
    ),
  );
  expect(new Set(posts.map(({ position }) => position)).size).toBe(1);
  expect(posts.every(({ content }) => content.kind === 'text' && content.attachments?.length === 1)).toBe(true);

  const wanted = await aFile();
  const settled = await Promise.allSettled(Array.from({ length: 6 }, () => postFiles(alice, { ids: [wanted] })));
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('when a message is taken back its files go, from the database and the disk', async () => {
  const { id } = await postFile(app, alice, { chatId, id: newId() });
  expect(await liesOnDisk(app, id)).toBe(true);
  await alice.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [id] } });
  for (const person of [alice, bob]) expect((await getFile(app, person, { id })).status).toBe(404);
  await eventually(async () => !(await liesOnDisk(app, id)));
});

test('when a chat goes all its files go', async () => {
  const { chat } = await aGroup(alice);
  const posted = await postFile(app, alice, { chatId: chat.id, id: newId() });
  const ready = await upload(app, alice, { chatId: chat.id, content: randomBytes(10) });
  await alice.call(chatRoutes.leaveGroup, { params: { chatId: chat.id } });
  for (const id of [posted.id, ready]) expect((await getFile(app, alice, { id })).status).toBe(404);
  for (const id of [posted.id, ready]) await eventually(async () => !(await liesOnDisk(app, id)));
  const rows = await app.app.db.rows('SELECT 1 FROM attachments WHERE chat_id = UNHEX(:id)', {
    id: chat.id.replaceAll('-', ''),
  });
  expect(rows).toEqual([]);
});

test('passed on into another chat a file is another one, which lives by itself', async () => {
  const carol = await aUser(app);
  const { chat } = await aGroup(bob, [carol]);
  const picture = await sharp({ create: { width: 90, height: 60, channels: 3, background: 'plum' } })
    .png()
    .toBuffer();
  const original = await postFile(app, alice, { chatId, id: newId(), content: picture });
  const id = newId<MessageId>();
  const forward = () =>
    bob.call(messageActRoutes.forwardMessages, {
      params: { chatId: chat.id },
      body: { from: chatId, messages: [{ id, messageId: original.id }] },
    });
  const [passedOn] = (await forward()).messages;
  expect((await forward()).messages[0]).toEqual(passedOn);
  if (passedOn?.content.kind !== 'text') throw new Error('a text');
  const [copy] = passedOn.content.attachments ?? [];
  if (!copy) throw new Error('a file');
  expect(copy).toMatchObject({ kind: 'picture', width: 90, height: 60 });
  expect(copy.id).not.toBe(original.id);
  await alice.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [original.id] } });
  for (const variant of ['original', 'display', 'thumb'] as const) {
    const got = await getFile(app, carol, { id: copy.id, variant });
    expect(got.status).toBe(200);
    expect(await sharp(await bytesOf(got)).metadata()).toMatchObject({ width: 90, height: 60 });
  }
  expect((await getFile(app, alice, { id: copy.id })).status).toBe(404);
});

test("a chat's media are listed newest first, page by page, those of one message together", async () => {
  const group = (await aGroup(alice, [bob])).chat.id;
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const put = (content: Buffer) => upload(app, alice, { chatId: group, content });
  const sent: AttachmentId[] = [];
  for (let message = 0; message < 8; message += 1) {
    const ids = await Promise.all(Array.from({ length: 8 }, () => put(randomBytes(10))));
    sent.unshift(...ids);
    await postFiles(alice, { ids, to: group });
  }
  const shown = await put(picture);
  await postFiles(alice, { ids: [shown], to: group });
  await put(randomBytes(10));

  const list = (filter: MediaFilter, before?: number) =>
    bob.call(attachmentRoutes.listAttachments, {
      params: { chatId: group },
      query: { filter, ...(before === undefined ? {} : { before: String(before) }) },
    });
  const first = await list('files');
  expect([first.attachments.length, first.hasMore]).toEqual([56, true]);
  const second = await list('files', first.attachments.at(-1)?.position);
  expect([second.attachments.length, second.hasMore]).toEqual([8, false]);
  const listed = [...first.attachments, ...second.attachments];
  expect(new Set(listed.map(({ attachment }) => attachment.id))).toEqual(new Set(sent));
  expect(listed.map(({ position }) => position)).toEqual(
    listed.map(({ position }) => position).toSorted((a, b) => b - a),
  );
  expect(await list('media')).toMatchObject({
    attachments: [{ attachment: { id: shown, kind: 'picture' }, senderId: alice.user.id }],
    hasMore: false,
  });
  expect((await list('audio')).attachments).toEqual([]);
});
