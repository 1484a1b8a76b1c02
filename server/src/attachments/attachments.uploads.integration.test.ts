import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentRoutes, uploadPath, UPLOADS_PATH } from '@dialog/shared/attachments';
import { chatRoutes } from '@dialog/shared/chats';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { askUpload, beginUpload, bytesOf, codeOf, getFile, liesOnDisk, sendBytes, upload } from '../testing/files.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let other: TestNode;
let alice: Person;
let bob: Person;
let mallory: Person;
let chatId: ChatId;
let filesFolder: string;

beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  const [, second] = app.nodes;
  if (!second) throw new Error('two nodes');
  other = second;
  [alice, bob, mallory] = [await aUser(app), await aUser(app), await aUser(app)];
  ({ id: chatId } = (await aGroup(alice, [bob])).chat);
  filesFolder = join(app.dataFolder, 'files');
});
afterAll(async () => {
  await app.stop();
});

const offsetOf = async (node: TestNode, id: AttachmentId) =>
  Number((await askUpload(node, alice, { id, method: 'HEAD' })).headers.get('upload-offset'));

/** Sends so much of it and then is cut off. */
async function sendCut(
  node: TestNode,
  id: AttachmentId,
  { from, bytes }: { from: number; bytes: Buffer },
): Promise<void> {
  const cut = new AbortController();
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) return new Promise(() => {});
      isSent = true;
      controller.enqueue(bytes);
      return undefined;
    },
  });
  const sending = sendBytes(node, alice, { id, from, bytes: body, signal: cut.signal }).catch(() => undefined);
  setTimeout(() => cut.abort(), 1_000);
  await sending;
}

test('an upload that is cut at 90 % goes on from there, on another node, and comes down byte for byte', async () => {
  const content = randomBytes(7_340_033);
  const ninety = Math.floor(content.length * 0.9);
  const id = newId<AttachmentId>();
  const begun = await beginUpload(app, alice, { chatId, content, id, name: 'film.bin' });
  expect([begun.status, begun.headers.get('location')]).toEqual([201, uploadPath(id)]);
  await sendCut(app, id, { from: 0, bytes: content.subarray(0, ninety) });
  const offset = await offsetOf(other, id);
  // What the network had brought by then; on a busy machine that may be less than was sent.
  expect(offset).toBeGreaterThan(ninety / 2);
  expect(offset).toBeLessThanOrEqual(ninety);
  expect(await alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } }, other)).toEqual({
    state: 'uploading',
    received: offset,
    size: content.length,
  });
  const rest = await sendBytes(other, alice, { id, from: offset, bytes: content.subarray(offset) });
  expect([rest.status, rest.headers.get('upload-offset')]).toEqual([204, String(content.length)]);
  expect((await bytesOf(await getFile(app, alice, { id }))).equals(content)).toBe(true);
  expect(await alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } })).toEqual({
    state: 'ready',
    attachment: { id, kind: 'file', name: 'film.bin', size: content.length, mime: 'application/octet-stream' },
  });
});

test('whoever comes again wins over a request that hangs, on the same node and on another', async () => {
  for (const node of [app, other]) {
    const content = randomBytes(600_000);
    const id = newId<AttachmentId>();
    await beginUpload(app, alice, { chatId, content, id });
    const hanging = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(content.subarray(0, 300_000)),
    });
    const cut = new AbortController();
    const first = sendBytes(app, alice, { id, from: 0, bytes: hanging, signal: cut.signal }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const began = performance.now();
    const offset = await offsetOf(node, id);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(300_000);
    const rest = await sendBytes(node, alice, { id, from: offset, bytes: content.subarray(offset) });
    expect(rest.status).toBe(204);
    cut.abort();
    await first;
    expect((await bytesOf(await getFile(app, alice, { id }))).equals(content)).toBe(true);
  }
});

test('the same beginning again answers the same upload, and bytes at the wrong place are refused', async () => {
  const content = randomBytes(1_000);
  const id = newId<AttachmentId>();
  const file = { chatId, content, id };
  expect((await beginUpload(app, alice, file)).status).toBe(201);
  await sendBytes(app, alice, { id, from: 0, bytes: content.subarray(0, 400) });
  expect((await beginUpload(other, alice, file)).status).toBe(201);
  expect(await offsetOf(app, id)).toBe(400);
  const wrong = await sendBytes(app, alice, { id, from: 0, bytes: content });
  expect([wrong.status, await codeOf(wrong)]).toEqual([409, 'upload-moved']);
  const tooMany = await sendBytes(app, alice, { id, from: 400, bytes: content });
  expect([tooMany.status, await codeOf(tooMany)]).toEqual([413, 'file-too-large']);
  expect((await sendBytes(app, alice, { id, from: 400, bytes: content.subarray(400) })).status).toBe(204);
  // Another chat, another size, another person: taken, and no more said.
  expect(await codeOf(await beginUpload(app, alice, { ...file, chatId: (await aGroup(alice)).chat.id }))).toBe(
    'id-taken',
  );
  expect(await codeOf(await beginUpload(app, bob, file))).toBe('id-taken');
});

test('only the uploader goes on with an upload, asks how far it is, or throws it away', async () => {
  const content = randomBytes(5_000);
  const id = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content, id });
  for (const stranger of [bob, mallory]) {
    expect((await askUpload(app, stranger, { id, method: 'HEAD' })).status).toBe(404);
    expect(await codeOf(await sendBytes(app, stranger, { id, from: 0, bytes: content }))).toBe('attachment-not-found');
    expect((await askUpload(app, stranger, { id, method: 'DELETE' })).status).toBe(404);
    await expect(stranger.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } })).rejects.toThrow(
      'attachment-not-found',
    );
  }
  expect(await offsetOf(app, id)).toBe(0);
  expect((await askUpload(app, alice, { id, method: 'DELETE' })).status).toBe(204);
  expect((await askUpload(app, alice, { id, method: 'HEAD' })).status).toBe(404);
});

test('nobody uploads to a chat they are not in, or are no longer in, or without a session', async () => {
  const content = randomBytes(100);
  expect(await codeOf(await beginUpload(app, mallory, { chatId, content }))).toBe('chat-not-found');
  expect(await codeOf(await beginUpload(app, { token: 'x'.repeat(43) }, { chatId, content }))).toBe('not-signed-in');

  const group = await aGroup(alice, [bob]);
  const [begun, whole] = [newId<AttachmentId>(), newId<AttachmentId>()];
  await beginUpload(app, bob, { chatId: group.chat.id, content, id: begun });
  await upload(app, bob, { chatId: group.chat.id, content, id: whole });
  expect((await getFile(app, bob, { id: whole })).status).toBe(200);
  await alice.call(chatRoutes.removeMember, { params: { chatId: group.chat.id, userId: bob.user.id } });
  for (const node of app.nodes) {
    expect((await askUpload(node, bob, { id: begun, method: 'HEAD' })).status).toBe(404);
    expect((await sendBytes(node, bob, { id: begun, from: 0, bytes: content })).status).toBe(404);
    expect((await getFile(node, bob, { id: whole })).status).toBe(404);
  }
});

test('a page of another site cannot upload in the name of who is signed in here', async () => {
  const cookie = `__Host-dialog=${alice.token}`;
  const send = (headers: Record<string, string>) =>
    fetch(`${app.url}${UPLOADS_PATH}`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', cookie, ...headers },
    });
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}] as Record<
    string,
    string
  >[]) {
    expect(await codeOf(await send(headers)), JSON.stringify(headers)).toBe('wrong-origin');
  }
  expect(await codeOf(await send({ origin: app.url }))).toBe('invalid-request');
  const answer = await send({ origin: 'https://evil.example' });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['no metadata', { 'upload-metadata': '' }],
  ['metadata that is none', { 'upload-metadata': 'chatId %%%' }],
  ['an id that is none', { 'upload-metadata': `id ${Buffer.from('../../etc').toString('base64')}` }],
  ['no length', { 'upload-length': '' }],
  ['a length that is none', { 'upload-length': '1e9' }],
  ['a negative length', { 'upload-length': '-1' }],
  ['another protocol', { 'tus-resumable': '0.0.1' }],
  ['deferred length', { 'upload-length': '', 'upload-defer-length': '1' }],
])('a beginning with %s is refused', async (_what, headers) => {
  const sent = Object.entries({
    'tus-resumable': '1.0.0',
    'upload-length': '5',
    authorization: `Bearer ${alice.token}`,
    ...(headers as Record<string, string>),
  }).filter(([, value]) => value !== '');
  const answer = await fetch(`${app.url}${UPLOADS_PATH}`, { method: 'POST', headers: Object.fromEntries(sent) });
  expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid-request']);
});

test('addresses of uploads lead nowhere else', async () => {
  for (const id of ['..%2f..%2fetc%2fpasswd', '..', '%00', 'x'.repeat(150), newId<AttachmentId>()]) {
    expect((await askUpload(app, alice, { id, method: 'HEAD' })).status, id).toBe(404);
    const answer = await fetch(`${app.url}/api/files/${id}/original`, {
      headers: { authorization: `Bearer ${alice.token}` },
    });
    expect(answer.status, id).toBe(404);
  }
});

test('what lies on the disk is sealed, for its owner alone, and goes when it is thrown away', async () => {
  const words = 'the quick brown fox jumps over the lazy dog ';
  const id = await upload(app, alice, { chatId, content: Buffer.from(words.repeat(5_000)), name: 'fox.txt' });
  const half = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content: Buffer.from(words.repeat(5_000)), id: half });
  await sendCut(app, half, { from: 0, bytes: Buffer.from(words.repeat(2_500)) });
  for (const each of [id, half]) {
    const found = (await readdir(filesFolder, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && entry.parentPath.includes(each),
    );
    expect(found).toHaveLength(1);
    for (const entry of found) {
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect(bytes.includes('quick brown')).toBe(false);
      expect(bytes.length).toBeGreaterThan(100_000);
    }
    expect((await askUpload(app, alice, { id: each, method: 'DELETE' })).status).toBe(204);
    await eventually(async () => !(await liesOnDisk(app, each)));
    expect((await getFile(app, alice, { id: each })).status).toBe(404);
  }
});

test('an empty file is a file', async () => {
  const id = await upload(app, alice, { chatId, content: Buffer.alloc(0), name: 'empty.txt' });
  const answer = await getFile(app, alice, { id });
  expect([answer.status, (await bytesOf(answer)).length]).toEqual([200, 0]);
});
