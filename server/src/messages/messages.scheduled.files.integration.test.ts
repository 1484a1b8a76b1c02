import { attachmentRoutes } from '@dialog/shared/attachments';
import { messageRoutes } from '@dialog/shared/messages';
import { scheduledRoutes } from '@dialog/shared/messages.scheduled';
import type { AttachmentId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachmentRepository } from '../attachments/attachments.repository.ts';
import { newId } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { askUpload, getFile, liesOnDisk, upload } from '../testing/files.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
let alice: Person;
let bob: Person;
let chatId: ChatId;
beforeAll(async () => {
  app = await startTestApp();
  [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  chatId = (await aGroup(alice, [bob])).chat.id;
});
afterAll(() => app.stop());

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const HOUR_MS = 3_600_000;
const aFile = (content = 'words') => upload(app, alice, { chatId, content: Buffer.from(content), name: 'plan.txt' });

function schedule(attachmentIds: AttachmentId[], { id = newId<MessageId>(), text = '', sendAt = inMs(HOUR_MS) } = {}) {
  const body = { id, text, attachmentIds, sendAt };
  return alice.call(scheduledRoutes.scheduleMessage, { params: { chatId }, body });
}

const listed = async () => (await alice.call(scheduledRoutes.listScheduled, { params: { chatId } })).messages;

async function history() {
  const opened = await bob.call(messageRoutes.openChat, { params: { chatId } });
  return opened.history.messages;
}

test('files wait with their message, seen by nobody else, and are posted with it at its time', async () => {
  const ids = [await aFile('one'), await aFile('two')];
  const made = await schedule(ids, { text: 'the plan', sendAt: inMs(1_500) });
  expect(made.attachments?.map(({ id }) => id)).toEqual(ids);
  expect(await listed()).toEqual([made]);
  const [first = ids[0]] = ids;
  expect((await getFile(app, bob, { id: first ?? '' })).status).toBe(404);
  const filter = 'files' as const;
  const shown = await bob.call(attachmentRoutes.listAttachments, { params: { chatId }, query: { filter } });
  expect(shown.attachments).toEqual([]);

  await eventually(async () => (await history()).some(({ id }) => id === made.id), 10_000);
  const posted = (await history()).find(({ id }) => id === made.id);
  expect(posted?.content).toMatchObject({ text: 'the plan', attachments: ids.map((id) => ({ id, name: 'plan.txt' })) });
  expect((await getFile(app, bob, { id: first ?? '' })).status).toBe(200);
});

test('said twice it is scheduled once; its files can be sent by nothing else, nor thrown away', async () => {
  const file = await aFile();
  const id = newId<MessageId>();
  const sendAt = inMs(HOUR_MS);
  const [first, again] = await Promise.all([schedule([file], { id, sendAt }), schedule([file], { id, sendAt })]);
  expect(again).toEqual(first);
  await expect(schedule([file])).rejects.toMatchObject({ reply: { code: 'attachment-not-ready' } });
  const body = { id: newId<MessageId>(), text: '', attachmentIds: [file] };
  const posting = alice.call(messageRoutes.postMessage, { params: { chatId }, body });
  await expect(posting).rejects.toMatchObject({ reply: { code: 'attachment-not-ready' } });
  expect((await askUpload(app, alice, { id: file, method: 'DELETE' })).status).toBe(404);
  const old = await attachmentRepository.forgotten(app.app.db, new Date(Date.now() + HOUR_MS), 100);
  expect(old).not.toContain(file);

  const params = { chatId, messageId: id };
  await alice.call(scheduledRoutes.changeScheduled, { params, body: { text: 'with words' } });
  const sent = await alice.call(scheduledRoutes.sendScheduled, { params });
  expect(sent.content).toMatchObject({ text: 'with words', attachments: [{ id: file }] });
});

test('with a message that is given up its files go, row and bytes', async () => {
  const file = await aFile();
  const { id } = await schedule([file]);
  expect(await liesOnDisk(app, file)).toBe(true);
  await alice.call(scheduledRoutes.cancelScheduled, { params: { chatId, messageId: id } });
  const asked = alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: file } });
  await expect(asked).rejects.toMatchObject({ reply: { code: 'attachment-not-found' } });
  await eventually(async () => !(await liesOnDisk(app, file)), 15_000);
});

test('nothing is scheduled that says nothing, or with files of others', async () => {
  const text = await schedule([await aFile()]);
  const emptied = alice.call(scheduledRoutes.changeScheduled, {
    params: { chatId, messageId: text.id },
    body: { text: '' },
  });
  await expect(emptied).resolves.toMatchObject({ text: '' });
  const nothing = alice.call(scheduledRoutes.scheduleMessage, {
    params: { chatId },
    body: { id: newId<MessageId>(), text: ' ', sendAt: inMs(HOUR_MS) },
  });
  await expect(nothing).rejects.toMatchObject({ reply: { code: 'invalid-request' } });
  const theirs = await upload(app, bob, { chatId, content: Buffer.from('theirs') });
  await expect(schedule([theirs])).rejects.toMatchObject({ reply: { code: 'attachment-not-found' } });
});
