import { chatRoutes } from '@dialog/shared/chats';
import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { messagePreviewRoutes } from '@dialog/shared/messages.previews';
import type { Message } from '@dialog/shared/messages';
import type { Preview } from '@dialog/shared/previews.values';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { newId } from '../platform/ids.ts';
import { eventually, post, postOn } from '../testing/conversation.ts';
import { aGroup, aUser, nextEvent, type ClientSocket, type Person } from '../testing/people.ts';
import type { LoopbackSite } from '../testing/loopbackSite.ts';
import { fetchPicture, previewed, previewsSettled, readMessage } from '../testing/previewed.ts';
import { startStandInSite } from '../testing/standInSite.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
let site: LoopbackSite;
let alice: Person;
let bob: Person;
let chatId: ChatId;
const sockets: ClientSocket[] = [];

beforeAll(async () => {
  site = await startStandInSite();
  app = await startTestApp({ config: { egressAllow: [site.pair] } });
  [alice, bob] = await Promise.all([aUser(app), aUser(app)]);
  chatId = (await aGroup(alice, [bob])).chat.id;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(async () => {
  await app.stop();
  site.stop();
});

async function connected(person: Person): Promise<ClientSocket> {
  const socket = await person.connect();
  sockets.push(socket);
  return socket;
}

const read = (id: MessageId) => readMessage(alice, { chatId, id });
const found = (id: MessageId) => previewed(alice, { chatId, id });
const settled = () => previewsSettled(app);
const pictureOf = (person: Person | null, preview: Pick<Preview, 'picture'>) => fetchPicture(app, person, preview);
const timesAsked = (path: string) => site.heard.filter((one) => one.path === path).length;

const edit = (messageId: MessageId, text: string) =>
  alice.call(messageActRoutes.editMessage, { params: { chatId, messageId }, body: { text } });
const removePreview = (messageId: MessageId, person = alice) =>
  person.call(messagePreviewRoutes.removePreview, { params: { chatId, messageId } });

test('a message is there before the slow site answers, and its preview reaches both as one change of it', async () => {
  const [one, other] = await Promise.all([connected(alice), connected(bob)]);
  const id = newId<MessageId>();
  const hasPreview = ({ messages }: { messages: Message[] }) =>
    messages.some((message) => message.id === id && message.preview);
  const heard = [one, other].map((socket) => nextEvent(socket, 'chatChanged', hasPreview));
  const before = performance.now();
  const posted = await postOn(one, { chatId, id, text: `look ${site.url}/slow/patience now` });
  expect(performance.now() - before).toBeLessThan(900);
  expect(posted.preview).toBeUndefined();

  for (const { from, revision, messages } of await Promise.all(heard)) {
    expect(revision).toBe(from + 1);
    expect(messages).toMatchObject([
      {
        id,
        position: posted.position,
        revision,
        content: posted.content,
        preview: {
          url: `${site.url}/slow/patience`,
          siteName: 'The Paper',
          title: 'patience',
          text: 'All about patience.',
          picture: { width: 800, height: 420 },
        },
      },
    ]);
  }
});

test('the picture is made anew and shown to members alone, as bytes that run nothing', async () => {
  const { id } = await post(alice, { chatId, text: `${site.url}/page/picture` });
  const preview = await found(id);

  const shown = await pictureOf(bob, preview);
  expect(shown.status).toBe(200);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'private, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: 800 });

  const stranger = await aUser(app);
  expect((await pictureOf(stranger, preview)).status).toBe(404);
  expect((await pictureOf(alice, { picture: { id: newId(), width: 1, height: 1 } })).status).toBe(404);
  expect(
    (await fetch(`${app.url}/api/previews/..%2f..`, { headers: { authorization: `Bearer ${alice.token}` } })).status,
  ).toBe(404);
  expect((await pictureOf(null, preview)).status).toBe(401);
  const leaver = await aUser(app);
  await alice.call(chatRoutes.addMembers, { params: { chatId }, body: { userIds: [leaver.user.id] } });
  expect((await pictureOf(leaver, preview)).status).toBe(200);
  await leaver.call(chatRoutes.leaveGroup, { params: { chatId } });
  expect((await pictureOf(leaver, preview)).status).toBe(404);
});

test('one page is fetched once for many messages, and each has a picture of its own', async () => {
  const text = `${site.url}/page/often`;
  const ids = (await Promise.all([1, 2, 3].map(() => post(alice, { chatId, text })))).map(({ id }) => id);
  const pictures = await Promise.all(ids.map(async (id) => (await found(id)).picture?.id));
  expect(new Set(pictures).size).toBe(3);
  expect(timesAsked('/page/often')).toBe(1);
});

test('who sent it takes the preview off, and it comes back only with another address', async () => {
  const { id } = await post(alice, { chatId, text: `${site.url}/page/unwanted` });
  const preview = await found(id);
  await expect(removePreview(id, bob)).rejects.toThrow('not-allowed');

  const { messages } = await removePreview(id);
  expect(messages).toMatchObject([{ id }]);
  expect(messages[0]?.preview).toBeUndefined();
  expect((await pictureOf(alice, preview)).status).toBe(404);
  const again = await removePreview(id);
  expect(again.revision).toBe(again.from);

  await edit(id, `still ${site.url}/page/unwanted`);
  await settled();
  expect((await read(id)).preview).toBeUndefined();
  await edit(id, `now ${site.url}/page/wanted`);
  expect((await found(id)).title).toBe('wanted');
});

test('a preview taken off before it was found does not come', async () => {
  const { id } = await post(alice, { chatId, text: `${site.url}/slow/too-late` });
  await removePreview(id);
  await settled();
  expect((await read(id)).preview).toBeUndefined();
});

test('an edit keeps the preview with its address, changes it with another, and drops it with none', async () => {
  const { id } = await post(alice, { chatId, text: `${site.url}/page/first` });
  const first = await found(id);
  await edit(id, `words around ${site.url}/page/first`);
  expect((await read(id)).preview).toEqual(first);

  await edit(id, `${site.url}/page/second`);
  expect((await read(id)).preview).toBeUndefined();
  expect((await found(id)).title).toBe('second');
  expect((await pictureOf(alice, first)).status).toBe(404);

  await edit(id, 'no address');
  await settled();
  expect((await read(id)).preview).toBeUndefined();
});

test('a message that is taken back takes its preview and picture with it', async () => {
  const { id } = await post(alice, { chatId, text: `${site.url}/page/regret` });
  const preview = await found(id);
  await alice.call(messageActRoutes.deleteMessages, { params: { chatId }, body: { messageIds: [id] } });
  expect(await read(id)).toMatchObject({ content: { kind: 'deleted' } });
  expect((await read(id)).preview).toBeUndefined();
  expect((await pictureOf(alice, preview)).status).toBe(404);
});

test('a message passed on has a preview of its own, and none of the other chat', async () => {
  const { id: messageId } = await post(alice, { chatId, text: `${site.url}/page/passed-on` });
  const preview = await found(messageId);
  const to = (await aGroup(alice)).chat.id;
  const id = newId<MessageId>();
  const { messages } = await alice.call(messageActRoutes.forwardMessages, {
    params: { chatId: to },
    body: { from: chatId, messages: [{ id, messageId }] },
  });
  expect(messages[0]?.preview).toBeUndefined();
  const passedOn = await previewed(alice, { chatId: to, id });
  expect(passedOn).toEqual({ ...preview, picture: { ...preview.picture, id: passedOn.picture?.id } });
  expect(passedOn.picture?.id).not.toBe(preview.picture?.id);
});

test('a chat that goes takes its pictures with it', async () => {
  const { chat } = await aGroup(alice);
  const { id } = await post(alice, { chatId: chat.id, text: `${site.url}/page/ending` });
  const preview = await previewed(alice, { chatId: chat.id, id });
  await alice.call(chatRoutes.leaveGroup, { params: { chatId: chat.id } });
  expect((await pictureOf(alice, preview)).status).toBe(404);
  await eventually(
    async () =>
      (
        await app.app.db.rows('SELECT 1 FROM preview_pictures WHERE chat_id = UNHEX(:hex)', {
          hex: chat.id.replaceAll('-', ''),
        })
      ).length === 0,
  );
});
