import { randomBytes } from 'node:crypto';
import type { AttachmentId, MessageId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { createJobs } from '../platform/jobs/jobs.ts';
import { eventually } from '../testing/conversation.ts';
import { beginUpload, codeOf, liesOnDisk, sendBytes, upload } from '../testing/files.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { startTestApp } from '../testing/startTestApp.ts';
import { createRemoval } from './attachments.removal.ts';
import { attachmentRepository } from './attachments.repository.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function aChat(userQuotaBytes: number) {
  const files = { s3: null, maxBytes: 1e7, userQuotaBytes, totalQuotaBytes: null, fullAtShare: 1 };
  const app = await startTestApp({ nodes: 2, config: { files } });
  stops.push(() => app.stop());
  const alice = await aUser(app);
  return { app, alice, chatId: (await aGroup(alice)).chat.id };
}

test('files that are begun at the same moment on two nodes are counted together', async () => {
  const { app, alice, chatId } = await aChat(2_500);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      beginUpload(app.nodes[n % 2] ?? app, alice, { chatId, content: Buffer.alloc(1_000) }),
    ),
  );
  const refusals = await Promise.all(answers.filter(({ ok }) => !ok).map(codeOf));
  expect(refusals).toEqual(Array.from({ length: 10 }, () => 'quota-used-up'));
});

test('what the server makes of a picture counts as what was sent does', async () => {
  const noise = { raw: { width: 200, height: 200, channels: 3 as const } };
  const picture = await sharp(randomBytes(200 * 200 * 3), noise)
    .jpeg()
    .toBuffer();
  const { app, alice, chatId } = await aChat(picture.length + 1_000);
  await upload(app, alice, { chatId, content: picture, name: 'noise.jpg' });
  const answer = await beginUpload(app, alice, { chatId, content: Buffer.alloc(500) });
  expect([answer.status, await codeOf(answer)]).toEqual([507, 'quota-used-up']);
});

test('the longest text goes with as many files of as long names as a message takes', async () => {
  const { app, alice, chatId } = await aChat(1e9);
  const name = `${'𠮷'.repeat(200)}.txt`;
  const attachmentIds = await Promise.all(
    Array.from({ length: 10 }, () => upload(app, alice, { chatId, content: Buffer.from('words'), name })),
  );
  const body = { id: newId<MessageId>(), text: '漢'.repeat(4_000), attachmentIds };
  const { content } = await alice.call(messageRoutes.postMessage, { params: { chatId }, body });
  expect(content).toMatchObject({ text: body.text });
});

test('however many were left lying, one sweep throws them all away', async () => {
  const { app, alice, chatId } = await aChat(1e9);
  const { db, log } = app.app;
  const id = await upload(app, alice, { chatId, content: Buffer.from('words') });
  for (let copied = 0; copied < 450; copied += 1)
    await db.run(
      `INSERT INTO attachments (id, chat_id, uploader_id, state, kind, mime, size, received, name, facts, created_at)
       SELECT :copy, chat_id, uploader_id, state, kind, mime, size, received, name, facts, created_at - INTERVAL 25 HOUR
       FROM attachments WHERE id = :id`,
      { id: toBytes(id), copy: toBytes(newId<AttachmentId>()) },
    );
  const now = () => new Date();
  const jobs = createJobs({ db, log, now });
  const files = { removeAll: async () => undefined };
  await createRemoval({ db, repository: attachmentRepository, files, jobs, now }).sweep();
  expect(await db.rows('SELECT COUNT(*) AS kept FROM attachments')).toEqual([{ kept: 1 }]);
});

test('an upload that is thrown away while it still comes in leaves nothing on the disk', async () => {
  const { app, alice, chatId } = await aChat(1e9);
  const { db, log } = app.app;
  const id = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content: Buffer.alloc(0), size: 6e6, id });
  let isThrownAway = false;
  const bytes = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.alloc(3e6));
      await eventually(() => isThrownAway, 20_000);
      controller.enqueue(Buffer.alloc(3e6));
      controller.close();
    },
  });
  const sending = sendBytes(app, alice, { id, from: 0, bytes });
  await eventually(() => liesOnDisk(app, id), 20_000);
  const now = () => new Date();
  const jobs = createJobs({ db, log, now });
  // As the sweep does, which asks nobody for the upload.
  const files = { removeAll: async () => undefined };
  await createRemoval({ db, repository: attachmentRepository, files, jobs, now }).discard(id);
  await eventually(async () => !(await liesOnDisk(app, id)), 20_000);
  isThrownAway = true;
  expect((await sending).status).toBe(404);
  expect(await liesOnDisk(app, id)).toBe(false);
}, 60_000);
