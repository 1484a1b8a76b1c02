import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { aboutRoutes } from '@dialog/shared/about';
import { attachmentRoutes } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import { fileTypeFromBuffer } from 'file-type';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ffmpegsHere } from '../testing/ffmpegs.ts';
import { bytesOf, getFile, upload } from '../testing/files.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

const waveform = Buffer.alloc(64, 9).toString('base64');
const VOICE = { kind: 'voice', durationMs: '2000', waveform };
/** Names another file of this machine, as a playlist that passes for a film would. */
const PLAYLIST = Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n');

async function folders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('dialog-ffmpeg-'));
}

describe.each(await ffmpegsHere())('with $name', ({ name, program, voice, film }) => {
  let app: TestApp;
  let alice: Person;
  let chatId: ChatId;
  beforeAll(async () => {
    app = await startTestApp({ config: { ffmpeg: program } });
    alice = await aUser(app);
    chatId = (await aGroup(alice, [await aUser(app)])).chat.id;
  });
  afterAll(() => app.stop());

  const attachmentOf = async (attachmentId: AttachmentId) => {
    const got = await alice.call(attachmentRoutes.getAttachment, { params: { attachmentId } });
    if (got.state === 'uploading') throw new Error('not all there');
    return got.attachment;
  };

  test('a voice note in Opus is there in AAC too, for browsers that play nothing else', async () => {
    const id = await upload(app, alice, { chatId, content: voice, metadata: VOICE });
    expect(await attachmentOf(id)).toMatchObject({ kind: 'voice', mime: 'audio/webm', durationMs: 2_000 });
    const sound = await getFile(app, alice, { id, variant: 'sound' });
    expect(sound.headers.get('content-type')).toBe('audio/mp4');
    expect(sound.headers.get('accept-ranges')).toBe('bytes');
    const bytes = await bytesOf(sound);
    expect((await fileTypeFromBuffer(bytes))?.mime).toMatch(/^(audio|video)\/(x-m4a|mp4)$/);
    if (name === 'the real one') expect(bytes.length).toBeGreaterThan(5_000);
  });

  test('a film of which the browser said nothing gets a still, its sides and its length', async () => {
    const id = await upload(app, alice, { chatId, content: film, name: 'film.webm' });
    const attachment = await attachmentOf(id);
    expect(attachment).toMatchObject({ kind: 'video', hasPoster: true, durationMs: 2_000 });
    expect(attachment.thumbHash).toBeDefined();
    if (name === 'the real one') expect(attachment).toMatchObject({ width: 320, height: 180 });
    const poster = await getFile(app, alice, { id, variant: 'poster' });
    expect(poster.headers.get('content-type')).toBe('image/webp');
    expect((await fileTypeFromBuffer(await bytesOf(poster)))?.mime).toBe('image/webp');
  });

  test('a film that the browser could open keeps what it said, and is not opened here', async () => {
    const metadata = { width: '640', height: '360', durationMs: '5000' };
    const id = await upload(app, alice, { chatId, content: film, metadata });
    const attachment = await attachmentOf(id);
    expect(attachment).toMatchObject({ width: 640, height: 360, durationMs: 5_000 });
    expect(attachment.hasPoster).toBeUndefined();
  });

  test('what is broken, and what only passes for a film, stays what it was; nothing is left behind', async () => {
    const before = await folders();
    const posing = Buffer.concat([voice.subarray(0, 41), PLAYLIST]);
    const id = await upload(app, alice, { chatId, content: posing, metadata: VOICE });
    const kind = (await attachmentOf(id)).kind;
    expect(['voice', 'file']).toContain(kind);
    if (name === 'the real one') expect((await getFile(app, alice, { id, variant: 'sound' })).status).toBe(404);
    const playlist = await upload(app, alice, { chatId, content: PLAYLIST, name: 'film.mp4' });
    expect(await attachmentOf(playlist)).toMatchObject({ kind: 'file' });
    expect(await folders()).toEqual(before);
  });

  test('the server says that it has one', async () => {
    expect(await alice.call(aboutRoutes.getAbout, {})).toMatchObject({ hasFfmpeg: true });
  });
});

test('without one everything is as it was', async () => {
  const [{ voice, film } = { voice: Buffer.alloc(0), film: Buffer.alloc(0) }] = await ffmpegsHere();
  const app = await startTestApp({ config: { ffmpeg: '/nowhere/ffmpeg' } });
  try {
    const alice = await aUser(app);
    const chatId = (await aGroup(alice, [])).chat.id;
    const note = await upload(app, alice, { chatId, content: voice, metadata: VOICE });
    expect((await getFile(app, alice, { id: note })).status).toBe(200);
    expect((await getFile(app, alice, { id: note, variant: 'sound' })).status).toBe(404);
    const id = await upload(app, alice, { chatId, content: film });
    expect((await getFile(app, alice, { id, variant: 'poster' })).status).toBe(404);
    expect(await alice.call(aboutRoutes.getAbout, {})).toMatchObject({ hasFfmpeg: false });
  } finally {
    await app.stop();
  }
});
