import { filePath } from '@dialog/shared/attachments';
import { aboutRoutes } from '@dialog/shared/about';
import type { AttachmentId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { type Gif, gifPicturePath, gifRoutes, GIFS_PAGE } from '@dialog/shared/gifs';
import { messageRoutes } from '@dialog/shared/messages';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { bytesOf, liesOnDisk } from '../testing/files.ts';
import { type GiphyStandIn, startGiphyStandIn, STAND_IN_GIFS } from '../testing/giphyStandIn.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let giphy: GiphyStandIn;
let app: TestApp;
let alice: Person;
let bob: Person;
let stranger: Person;
let chatId: ChatId;

beforeAll(async () => {
  giphy = await startGiphyStandIn();
  app = await startTestApp({ nodes: 2, config: giphy.config, limits: { gifs: 40 } });
  [alice, bob, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  chatId = (await aGroup(alice, [bob])).chat.id;
});
afterAll(async () => {
  await app.stop();
  giphy.stop();
});

const search = (words: string, { offset = 0, language = 'en', person = alice } = {}) =>
  person.call(gifRoutes.searchGifs, { body: { words, language, offset } });
const take = (gifId: string, { person = alice, id = newId<AttachmentId>() } = {}) =>
  person.call(gifRoutes.takeGif, { params: { chatId }, body: { id, gifId } }).then(({ attachment }) => attachment);
const timesAsked = (path: string) => giphy.heard.filter((one) => one.path.startsWith(path)).length;

function get(path: string, person: Person | null = alice, { url } = app.nodes[0] ?? app): Promise<Response> {
  return fetch(url + path, { headers: person ? { authorization: `Bearer ${person.token}` } : {} });
}

async function aGif(): Promise<Gif> {
  const { gifs } = await search('tea');
  const [first] = gifs;
  if (!first) throw new Error('nothing found');
  return first;
}

test('words find GIFs page by page, and no words what is liked at the moment', async () => {
  const found = await search('Tea time');
  expect(found.gifs).toHaveLength(GIFS_PAGE);
  expect(found.gifs[0]).toMatchObject({ id: 'gif0', title: 'Tea time, number gif0', width: 200, height: 150 });
  expect(found.nextOffset).toBe(GIFS_PAGE);
  const last = await search('Tea time', { offset: GIFS_PAGE * 2 });
  expect(last.gifs).toHaveLength(STAND_IN_GIFS - GIFS_PAGE * 2);
  expect(last.nextOffset).toBeNull();
  expect((await search('  ')).gifs[0]?.title).toBe('liked, number gif0');
  expect(await search('nothing')).toEqual({ gifs: [], nextOffset: null });
});

test('Giphy hears the words, the language and the rating, and nothing of the person who asks', async () => {
  await search('Grüße & more', { language: 'de' });
  const { path, headers } = giphy.heard.find((one) => one.path.includes('Grüße')) ?? {};
  const asked = new URL(path?.replace('& more', '%26 more') ?? '', 'http://giphy').searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({ lang: 'de', rating: 'pg', limit: '24', offset: '0' });
  expect(JSON.stringify(headers)).not.toMatch(
    new RegExp(`${alice.userName}|${alice.token}|forwarded|cookie|referer`, 'i'),
  );
});

test('the same question is asked of Giphy once, whoever has it', async () => {
  await Promise.all([search('once'), search('ONCE', { person: bob }), search('once')]);
  expect(timesAsked('/v1/gifs/search?api_key=a-key-of-the-stand-in&limit=24&offset=0&rating=pg&q=once')).toBe(1);
});

test('what is not for everyone, lies elsewhere or makes no sense is left out', async () => {
  const { gifs } = await search('odd');
  expect(gifs).toHaveLength(GIFS_PAGE - 3);
  await expect(take('rated')).rejects.toThrow('gif-not-found');
  await expect(take('elsewhere')).rejects.toThrow('gif-not-found');
  await expect(take('unheardof')).rejects.toThrow('gif-not-found');
});

test('the small pictures come from us, on every node, and only to who is signed in', async () => {
  const gif = await aGif();
  const path = gifPicturePath(gif);
  expect(path).not.toContain(giphy.url);
  for (const node of app.nodes) {
    const response = await get(path, bob, node);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect((await sharp(await bytesOf(response), { animated: true }).metadata()).pages).toBe(3);
  }
  expect((await get(path, null)).status).toBe(401);
});

test('an address that this server has not made leads nowhere', async () => {
  const path = gifPicturePath(await aGif());
  const heard = giphy.heard.length;
  const forged = [
    `${path.slice(0, -4)}AAAA`,
    `/api/gifs/${Buffer.from(`${giphy.url}/media/gif0/small.gif`).toString('base64url')}`,
    `/api/gifs/${encodeURIComponent(`${giphy.url}/media/gif0/small.gif`)}`,
  ];
  for (const one of forged) expect((await get(one)).status).toBe(404);
  expect(giphy.heard.length).toBe(heard);
});

test('a GIF that is picked becomes a file of the chat, sealed, and moves for whoever is in there', async () => {
  const id = newId<AttachmentId>();
  const attachment = await take('gif7', { id });
  expect(attachment).toMatchObject({
    id,
    kind: 'picture',
    isAnimated: true,
    width: 400,
    height: 300,
    mime: 'image/webp',
  });
  expect(attachment.name).toBe('a picture, number gif7.webp');
  expect(await take('gif7', { id })).toEqual(attachment);
  expect(await liesOnDisk(app, id)).toBe(true);

  const body = { id: newId<MessageId>(), text: '', attachmentIds: [id] };
  await alice.call(messageRoutes.postMessage, { params: { chatId }, body });
  const asked = giphy.heard.length;
  const thumb = await get(filePath(id, 'thumb'), bob);
  expect((await sharp(await bytesOf(thumb), { animated: true }).metadata()).pages).toBe(3);
  expect(giphy.heard.length).toBe(asked);
  expect((await get(filePath(id, 'thumb'), stranger)).status).toBe(404);
});

test('one with too many frames is taken in a smaller rendition, and what is no picture not at all', async () => {
  expect(await take('endless')).toMatchObject({ isAnimated: true, mime: 'image/gif' });
  const id = newId<AttachmentId>();
  await expect(take('posing', { id })).rejects.toThrow();
  expect(await liesOnDisk(app, id)).toBe(false);
});

test('into a chat of others nothing is taken, and Giphy is not even asked', async () => {
  const asked = giphy.heard.length;
  await expect(take('gif9', { person: stranger })).rejects.toThrow('chat-not-found');
  expect(giphy.heard.length).toBe(asked);
});

test('while Giphy has had enough of us, or is away, it is said so, and asked again the next time', async () => {
  await expect(search('limit')).rejects.toThrow('gifs-unavailable');
  await expect(search('limit')).rejects.toThrow('gifs-unavailable');
  expect(timesAsked('/v1/gifs/search?api_key=a-key-of-the-stand-in&limit=24&offset=0&rating=pg&q=limit')).toBe(2);
});

test('a person searches so often and no more', async () => {
  const eager = await aUser(app);
  const tries = Array.from({ length: 41 }, () => search('again', { person: eager }));
  const refused = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(1);
});

test('without a key there are no GIFs, and the page is told so; with one they are', async () => {
  const bare = await startTestApp({ config: { egressAllow: [giphy.pair] } });
  try {
    const somebody = await aUser(bare);
    expect(await somebody.call(aboutRoutes.getAbout, {})).toMatchObject({ hasGifs: false });
    const asked = somebody.call(gifRoutes.searchGifs, { body: { words: 'a', language: 'en', offset: 0 } });
    await expect(asked).rejects.toThrow('gifs-unavailable');
  } finally {
    await bare.stop();
  }
  expect(await alice.call(aboutRoutes.getAbout, {})).toMatchObject({ hasGifs: true });
});

test('a Giphy that is not named open is not reached, were it inside: no canary hears', async () => {
  const closed = await startTestApp({ config: { ...giphy.config, egressAllow: [] } });
  try {
    const somebody = await aUser(closed);
    const asked = giphy.heard.length;
    const question = somebody.call(gifRoutes.searchGifs, { body: { words: 'inside', language: 'en', offset: 0 } });
    await expect(question).rejects.toThrow('gifs-unavailable');
    expect(giphy.heard.length).toBe(asked);
  } finally {
    await closed.stop();
  }
});
