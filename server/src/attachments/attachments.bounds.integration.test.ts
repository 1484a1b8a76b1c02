import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { attachmentRoutes } from '@dialog/shared/attachments';
import type { AttachmentId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { afterEach, expect, test } from 'vitest';
import { createJobs } from '../platform/jobs/jobs.ts';
import { newId } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { askUpload, beginUpload, bytesOf, codeOf, getFile, liesOnDisk, sendBytes, upload } from '../testing/files.ts';
import { aGroup, aUser } from '../testing/people.ts';
import { startS3StandIn } from '../testing/s3StandIn.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../testing/startTestApp.ts';
import { createRemoval } from './attachments.removal.ts';
import { attachmentRepository } from './attachments.repository.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function aChat(options: TestAppOptions = {}) {
  const app = await startTestApp(options);
  stops.push(() => app.stop());
  const alice = await aUser(app);
  return { app, alice, chatId: (await aGroup(alice)).chat.id };
}

const files = { s3: null, maxBytes: 1e6, userQuotaBytes: 1e9, totalQuotaBytes: null, fullAtShare: 1 };

test.each([
  ['larger than a file may be', { ...files, maxBytes: 999 }, [413, 'file-too-large']],
  ['more than a person may have', { ...files, userQuotaBytes: 999 }, [507, 'quota-used-up']],
  ['more than the server takes', { ...files, totalQuotaBytes: 999 }, [507, 'storage-full']],
  ['on a disk that is nearly full', { ...files, fullAtShare: 0 }, [507, 'storage-full']],
] as const)('%s: refused before a byte is sent', async (_what, config, expected) => {
  const { app, alice, chatId } = await aChat({ config: { files: config } });
  const answer = await beginUpload(app, alice, { chatId, content: Buffer.alloc(1_000) });
  expect([answer.status, await codeOf(answer)]).toEqual(expected);
});

test('uploads begin so often, and so many bytes a day, and no more', async () => {
  const { app, alice, chatId } = await aChat({
    config: { files: { ...files, maxBytes: 50e6 } },
    limits: { upload: 5, uploadMebibytes: 10 },
  });
  const begin = async (size: number) => {
    const answer = await beginUpload(app, alice, { chatId, content: Buffer.alloc(0), size });
    return answer.ok ? 'ok' : `${await codeOf(answer)} ${Number(answer.headers.get('retry-after')) > 0}`;
  };
  expect(await begin(9 * 1024 * 1024)).toBe('ok');
  expect(await begin(2 * 1024 * 1024)).toBe('rate-limited true');
  expect(await begin(100)).toBe('ok');
  expect(await begin(100)).toBe('rate-limited true');
});

test('what was never finished or posted is thrown away after a day, and what a message holds is not', async () => {
  const { app, alice, chatId } = await aChat();
  const [begun, ready, posted, fresh] = [
    newId<AttachmentId>(),
    newId<AttachmentId>(),
    newId<AttachmentId>(),
    newId<AttachmentId>(),
  ];
  await beginUpload(app, alice, { chatId, content: randomBytes(100), id: begun });
  await sendBytes(app, alice, { id: begun, from: 0, bytes: randomBytes(50) });
  for (const id of [ready, posted, fresh]) await upload(app, alice, { chatId, content: randomBytes(100), id });
  await alice.call(messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId(), text: '', attachmentIds: [posted] },
  });
  const old = [begun, ready, posted].map((id) => Buffer.from(id.replaceAll('-', ''), 'hex'));
  await app.app.db.run('UPDATE attachments SET created_at = created_at - INTERVAL 25 HOUR WHERE id IN (:old)', { old });
  await sweep(app);
  for (const id of [begun, ready]) {
    expect((await askUpload(app, alice, { id, method: 'HEAD' })).status).toBe(404);
    await eventually(async () => !(await liesOnDisk(app, id)));
  }
  for (const id of [posted, fresh]) expect((await getFile(app, alice, { id })).status).toBe(200);
});

/** As every node does every ten minutes; the files go by the jobs of the running app. */
function sweep({ app: { db, log } }: TestApp): Promise<void> {
  const now = () => new Date();
  const untouched = { removeAll: () => Promise.reject(new Error('that is for a job')) };
  return createRemoval({
    db,
    repository: attachmentRepository,
    files: untouched,
    jobs: createJobs({ db, log, now }),
    now,
  }).sweep();
}

test('with an object store everything works as on a disk, and the store sees sealed bytes only', async () => {
  const store = await startS3StandIn();
  stops.push(() => store.stop());
  const s3 = { endpoint: store.url, bucket: 'dialog', region: 'us-east-1', accessKey: 'key', secretKey: 'secret' };
  const { app, alice, chatId } = await aChat({ config: { files: { ...files, maxBytes: 50e6, s3 } } });
  const content = Buffer.from('words that nobody else should read. '.repeat(150_000));
  const id = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content, id });
  expect((await sendBytes(app, alice, { id, from: 0, bytes: content.subarray(0, 3_000_001) })).status).toBe(204);
  expect((await sendBytes(app, alice, { id, from: 3_000_001, bytes: content.subarray(3_000_001) })).status).toBe(204);
  expect((await bytesOf(await getFile(app, alice, { id }))).equals(content)).toBe(true);
  const part = await getFile(app, alice, { id, headers: { range: 'bytes=2097100-2097200' } });
  expect((await bytesOf(part)).equals(content.subarray(2_097_100, 2_097_201))).toBe(true);
  expect(store.objects.size).toBe(3);
  expect([...store.objects.values()].some((object) => object.includes('nobody else'))).toBe(false);
  expect(store.unsigned).toBe(0);

  expect((await askUpload(app, alice, { id, method: 'DELETE' })).status).toBe(204);
  await eventually(() => store.objects.size === 0);

  await store.stop();
  const late = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content: Buffer.alloc(100), id: late });
  const answer = await sendBytes(app, alice, { id: late, from: 0, bytes: Buffer.alloc(100) });
  expect([answer.status, await codeOf(answer)]).toEqual([503, 'busy']);
}, 60_000);

const VIRUS = 'this is what the stand-in takes for a virus';

/** clamd as its manual describes INSTREAM. */
async function startClamd(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      if (!heard.subarray(-4).equals(Buffer.alloc(4))) return;
      const isRight = heard.subarray(0, 10).toString() === 'zINSTREAM\0';
      const found = heard.includes(VIRUS) ? 'stream: Stand-In.Virus FOUND\0' : 'stream: OK\0';
      socket.end(isRight ? found : 'UNKNOWN COMMAND\0');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port');
  return { port: address.port, server };
}

test('with a scanner no file passes unseen: what it finds is refused, and while it is away everything waits', async () => {
  const { port, server } = await startClamd();
  const { app, alice, chatId } = await aChat({ config: { clamav: { host: '127.0.0.1', port } } });
  const clean = await upload(app, alice, { chatId, content: randomBytes(200_000) });
  expect((await getFile(app, alice, { id: clean })).status).toBe(200);

  const ill = newId<AttachmentId>();
  await expect(upload(app, alice, { chatId, id: ill, content: Buffer.from(`xx ${VIRUS} xx`) })).rejects.toThrow(
    'file-infected',
  );
  expect((await getFile(app, alice, { id: ill })).status).toBe(404);

  await new Promise((resolve) => server.close(resolve));
  const waiting = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, id: waiting, content: Buffer.alloc(5) });
  const answer = await sendBytes(app, alice, { id: waiting, from: 0, bytes: Buffer.from('hello') });
  expect([answer.status, await codeOf(answer), answer.headers.get('retry-after')]).toEqual([
    503,
    'scanner-unavailable',
    '30',
  ]);
  expect((await getFile(app, alice, { id: waiting })).status).toBe(404);
  // It is all there: once the scanner is back, asking is enough.
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const got = await alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: waiting } });
  expect(got.state).toBe('ready');
});
