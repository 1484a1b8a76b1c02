import { randomBytes } from 'node:crypto';
import { attachmentRoutes, type Attachment } from '@dialog/shared/attachments';
import { authRoutes } from '@dialog/shared/auth';
import { chatRoutes } from '@dialog/shared/chats';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { pause } from '../testing/conversation.ts';
import { beginUpload, bytesOf, codeOf, getFile, postFile, sendBytes, upload } from '../testing/files.ts';
import { aGroup, aUser, signInAgain, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
let alice: Person;
let bob: Person;
let mallory: Person;
let chatId: ChatId;

beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  [alice, bob, mallory] = [await aUser(app), await aUser(app), await aUser(app)];
  ({ id: chatId } = (await aGroup(alice, [bob])).chat);
});
afterAll(async () => {
  await app.stop();
});

/** In a message, so that all members may see it. */
async function aPostedFile(content: Buffer, name?: string): Promise<AttachmentId> {
  const id = await upload(app, alice, { chatId, content, ...(name === undefined ? {} : { name }) });
  await alice.call(messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId(), text: '', attachmentIds: [id] },
  });
  return id;
}

async function readyAttachment(id: AttachmentId): Promise<Attachment> {
  const got = await alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } });
  if (got.state === 'uploading') throw new Error('not ready');
  return got.attachment;
}

test('a part of a file comes as a part, with what it is a part of', async () => {
  const content = randomBytes(300_000);
  const id = await aPostedFile(content);
  const cases = [
    ['bytes=0-0', 0, 0],
    ['bytes=65530-131100', 65_530, 131_100],
    ['bytes=299999-', 299_999, 299_999],
    ['bytes=200000-9999999', 200_000, 299_999],
    ['bytes=-100', 299_900, 299_999],
  ] as const;
  for (const [range, first, last] of cases) {
    const part = await getFile(app, bob, { id, headers: { range } });
    expect([part.status, part.headers.get('content-range')], range).toEqual([206, `bytes ${first}-${last}/300000`]);
    expect((await bytesOf(part)).equals(content.subarray(first, last + 1)), range).toBe(true);
  }
  for (const range of ['bytes=300000-', 'bytes=-0']) {
    const beyond = await getFile(app, bob, { id, headers: { range } });
    expect([beyond.status, beyond.headers.get('content-range')], range).toEqual([416, 'bytes */300000']);
  }
  for (const range of ['bytes=0-1,5-6', 'bytes=9-3', 'lines=1-2', 'bytes=-']) {
    expect((await bytesOf(await getFile(app, bob, { id, headers: { range } }))).length, range).toBe(300_000);
  }
  const head = await getFile(app, bob, { id, method: 'HEAD', headers: { range: 'bytes=0-9' } });
  expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([206, '10', 0]);
  const etag = head.headers.get('etag') ?? '';
  expect((await getFile(app, bob, { id, headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await getFile(app, bob, { id, headers: { 'if-range': etag, range: 'bytes=0-9' } })).status).toBe(206);
  expect((await getFile(app, bob, { id, headers: { 'if-range': '"other"', range: 'bytes=0-9' } })).status).toBe(200);
});

test('strangers, former members and ended sessions get nothing on any path, from the moment on', async () => {
  const { chat } = await aGroup(alice, [bob]);
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const message = await postFile(app, alice, { chatId: chat.id, id: newId(), content: png });
  const id = message.id;
  const bobElsewhere = await signInAgain(app, bob);
  const ways = (['GET', 'HEAD'] as const).flatMap((method) =>
    (['original', 'display', 'thumb'] as const).flatMap((variant) =>
      [{}, { range: 'bytes=0-3' }, { 'if-none-match': `"${id}-${variant}"` }].map((headers) => ({
        id,
        method,
        variant,
        headers,
      })),
    ),
  );
  const statuses = async (person: Person) =>
    new Set(
      await Promise.all(
        app.nodes.flatMap((node) => ways.map(async (way) => (await getFile(node, person, way)).status)),
      ),
    );
  expect(await statuses(bob)).toEqual(new Set([200, 206, 304]));
  expect(await statuses(mallory)).toEqual(new Set([404]));
  await expect(mallory.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } })).rejects.toThrow(
    'attachment-not-found',
  );

  await bobElsewhere.call(authRoutes.signOut);
  expect(await statuses(bobElsewhere)).toEqual(new Set([401]));
  expect(await statuses(bob)).toEqual(new Set([200, 206, 304]));
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: bob.user.id } });
  expect(await statuses(bob)).toEqual(new Set([404]));
  await expect(
    bob.call(attachmentRoutes.listAttachments, { params: { chatId: chat.id }, query: { filter: 'media' } }),
  ).rejects.toThrow('chat-not-found');
});

test('R11: what is on its way to somebody ends in the middle once they are removed', async () => {
  const { chat } = await aGroup(alice, [bob]);
  // More than lies on the way between the two of them.
  const content = Buffer.alloc(24e6);
  const { id } = await postFile(app, alice, { chatId: chat.id, id: newId(), content });
  const reader = (await getFile(app, bob, { id })).body?.getReader();
  await reader?.read();
  await alice.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: bob.user.id } });
  await pause(5_500);
  const toTheEnd = async () => {
    while (!(await reader?.read())?.done);
  };
  await expect(toTheEnd()).rejects.toThrow('terminated');
}, 30_000);

test('before it is posted only its uploader sees a file', async () => {
  const id = await upload(app, alice, { chatId, content: Buffer.from('draft') });
  expect((await getFile(app, alice, { id })).status).toBe(200);
  expect((await getFile(app, bob, { id })).status).toBe(404);
});

test.each([
  ['page.html', '<!doctype html><script>alert(1)</script>'],
  ['picture.jpg', '<html><script>alert(1)</script></html>'],
  ['drawing.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['sheet.xml', '<?xml version="1.0"?><a/>'],
  ['code.js', 'alert(1)'],
  ['paper.pdf', '%PDF-1.7\n1 0 obj'],
])('%s is served as nothing that could run', async (name, content) => {
  const id = await aPostedFile(Buffer.from(content), name);
  expect((await readyAttachment(id)).kind).toBe('file');
  const { headers } = await getFile(app, bob, { id });
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment; filename="/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': expect.stringContaining('private'),
  });
});

test('a photograph gets its sizes, keeps its turn, and loses the place it was taken', async () => {
  const photo = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: 'olive' } })
    .withExif({ IFD0: { Copyright: 'home sweet home' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 29/1' } })
    .withMetadata({ orientation: 8 })
    .jpeg()
    .toBuffer();
  const id = await aPostedFile(photo, 'IMG_0001.JPG');
  expect(await readyAttachment(id)).toMatchObject({
    kind: 'picture',
    mime: 'image/jpeg',
    name: 'IMG_0001.JPG',
    width: 1_000,
    height: 2_000,
    thumbHash: expect.any(String),
  });
  const original = await getFile(app, bob, { id });
  expect(original.headers.get('content-type')).toBe('image/jpeg');
  expect(original.headers.get('content-disposition')).toMatch(/^inline; filename="IMG_0001.JPG"/);
  expect(await sharp(await bytesOf(original)).metadata()).toMatchObject({ width: 2_000, orientation: 8 });
  for (const variant of ['original', 'display', 'thumb'] as const) {
    const bytes = await bytesOf(await getFile(app, bob, { id, variant }));
    expect(bytes.includes('home sweet') || bytes.includes('GPS'), variant).toBe(false);
  }
  const thumb = await getFile(app, bob, { id, variant: 'thumb' });
  expect(thumb.headers.get('content-type')).toBe('image/webp');
  expect(await sharp(await bytesOf(thumb)).metadata()).toMatchObject({ width: 160, height: 320 });
  const saved = await getFile(app, bob, { id, query: '?download=1' });
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment; /);
  expect((await getFile(app, bob, { id, variant: 'poster' })).status).toBe(404);
});

test('a picture that is a bomb is refused, and nothing of it stays', async () => {
  const bomb = await sharp({
    create: { width: 12_000, height: 12_000, channels: 3, background: 'white' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const id = newId<AttachmentId>();
  await beginUpload(app, alice, { chatId, content: bomb, id, name: 'bomb.png' });
  const last = await sendBytes(app, alice, { id, from: 0, bytes: bomb });
  expect([last.status, await codeOf(last)]).toEqual([422, 'picture-refused']);
  expect((await getFile(app, alice, { id })).status).toBe(404);
  await expect(alice.call(attachmentRoutes.getAttachment, { params: { attachmentId: id } })).rejects.toThrow(
    'attachment-not-found',
  );
}, 60_000);

test('a voice note is one when it holds sound, and says how long and how loud', async () => {
  // The beginning of a WebM file, as a browser records sound alone.
  const webm = Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701', 'hex'),
    randomBytes(3_000),
  ]);
  const waveform = Buffer.from(Array.from({ length: 64 }, (_, at) => at * 4)).toString('base64');
  const metadata = { kind: 'voice', durationMs: '4200', waveform };
  const id = await upload(app, alice, { chatId, content: webm, name: 'voice.webm', metadata });
  expect(await readyAttachment(id)).toMatchObject({
    kind: 'voice',
    mime: 'audio/webm',
    durationMs: 4_200,
    waveform: Array.from({ length: 64 }, (_, at) => at * 4),
  });
  const text = await upload(app, alice, { chatId, content: Buffer.from('no sound'), metadata });
  expect(await readyAttachment(text)).toEqual({
    id: text,
    kind: 'file',
    name: 'file.bin',
    size: 8,
    mime: 'application/octet-stream',
  });
  const wrong = await beginUpload(app, alice, { chatId, content: webm, metadata: { ...metadata, waveform: 'AAAA' } });
  expect(await codeOf(wrong)).toBe('invalid-request');
});

test('a video gets the still that its uploader took of it as its poster, until it is posted', async () => {
  const mp4 = Buffer.concat([
    Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'),
    randomBytes(2_000),
  ]);
  const still = await sharp({ create: { width: 640, height: 360, channels: 3, background: 'gray' } })
    .jpeg()
    .toBuffer();
  const metadata = { width: '1920', height: '1080', durationMs: '12000' };
  const id = await upload(app, alice, { chatId, content: mp4, name: 'film.mp4', metadata });
  expect(await readyAttachment(id)).toMatchObject({
    kind: 'video',
    mime: 'video/mp4',
    width: 1_920,
    durationMs: 12_000,
  });
  expect((await getFile(app, alice, { id, variant: 'poster' })).status).toBe(404);

  const poster = await upload(app, alice, { chatId, content: still, metadata: { posterOf: id } });
  expect(await readyAttachment(id)).toMatchObject({ hasPoster: true, width: 1_920, thumbHash: expect.any(String) });
  const shown = await getFile(app, alice, { id, variant: 'poster' });
  expect(await sharp(await bytesOf(shown)).metadata()).toMatchObject({ format: 'webp', width: 640, height: 360 });
  expect((await getFile(app, alice, { id: poster })).status).toBe(404);

  const hang = (person: Person, content: Buffer) =>
    upload(app, person, { chatId, content, metadata: { posterOf: id } });
  await expect(hang(bob, still)).rejects.toThrow('attachment-not-found');
  await expect(hang(alice, Buffer.from('no picture'))).rejects.toThrow('picture-refused');
  await alice.call(messageRoutes.postMessage, {
    params: { chatId },
    body: { id: newId(), text: '', attachmentIds: [id] },
  });
  await expect(hang(alice, still)).rejects.toThrow('attachment-not-ready');
});
