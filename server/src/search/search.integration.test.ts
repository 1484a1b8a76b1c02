import { chatRoutes } from '@dialog/shared/chats';
import type { RouteRequest } from '@dialog/shared/contract/routes';
import type { ChatId } from '@dialog/shared/contract/values';
import { messageActRoutes } from '@dialog/shared/messages.acts';
import { SEARCH_PAGE, searchRoutes } from '@dialog/shared/search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readingRepository } from '../messages/messages.reading.repository.ts';
import { toBytes } from '../platform/ids.ts';
import { eventually, post } from '../testing/conversation.ts';
import { aGroup, aUser, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';
import { readPostings } from './search.postings.ts';
import { searchRepository } from './search.repository.ts';

type Question = RouteRequest<typeof searchRoutes.searchMessages>['body'];

/** The promise is 2 s, and `e2e/search.test.ts` holds it; machines that test often do much else. */
const FOUND_MS = 5_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

async function textsFound(person: Person, question: Question, node?: TestNode): Promise<string[]> {
  const { hits } = await person.call(searchRoutes.searchMessages, { body: question }, node);
  return hits.map(({ message }) => (message.content.kind === 'text' ? message.content.text : ''));
}

const finds = (person: Person, question: Question, texts: readonly string[]) =>
  eventually(async () => JSON.stringify(await textsFound(person, question)) === JSON.stringify(texts), FOUND_MS).catch(
    async () => expect(await textsFound(person, question)).toEqual(texts),
  );

async function aChatWith(texts: readonly string[]): Promise<{ owner: Person; chatId: ChatId }> {
  const owner = await aUser(app);
  const { chat } = await aGroup(owner);
  for (const text of texts) await post(owner, { chatId: chat.id, text });
  return { owner, chatId: chat.id };
}

/** Everything in the index of one chat, from which the words it holds cannot be read. */
async function entriesOf(chatId: ChatId): Promise<number> {
  const [row] = await app.app.db.rows<{ entries: number }>(
    'SELECT COUNT(*) AS entries FROM search_postings WHERE LEFT(entry, 16) = :chatId',
    { chatId: toBytes(chatId) },
  );
  return row?.entries ?? 0;
}

test('what arrives is found within 2 s, on another node, by words in any order, and by the beginning of the last', async () => {
  const { owner, chatId } = await aChatWith(['The mooring is paid until Friday.', 'Who has the key to the shed?']);
  await finds(owner, { words: 'mooring' }, ['The mooring is paid until Friday.']);
  const found = (words: string) => textsFound(owner, { words }, app.nodes[1]);
  expect(await found('FRIDAY paid')).toEqual(['The mooring is paid until Friday.']);
  expect(await found('the')).toEqual(['Who has the key to the shed?', 'The mooring is paid until Friday.']);
  expect(await found('the moori')).toEqual(['The mooring is paid until Friday.']);
  expect(await found('moori the')).toEqual([]);
  expect(await found('mooringly')).toEqual([]);
  expect(await found('  ')).toEqual([]);
  expect(await textsFound(owner, { words: 'key', chatId })).toEqual(['Who has the key to the shed?']);
});

test.each([
  ['German', 'Große Straße, schöne Grüße', 'STRASSE grusse'],
  ['Russian', 'Привет, ёлка ещё стоит', 'елка'],
  ['Arabic', 'السَّلامُ عليكم يا أحمد', 'السلام احمد'],
  ['Japanese', '明日の会議室を予約してください', '会議'],
  ['Thai', 'พรุ่งนี้มีประชุมที่กรุงเทพ', 'ประชุม'],
  ['Hindi', 'नमस्ते, किताब मेज़ पर है', 'किताब'],
  ['Greek', 'Καλημέρα Σίσυφος', 'ΣΙΣΥΦΟΣ'],
  ['Korean', '내일 회의가 있습니다', '회의'],
  ['Emoji', 'party tonight 🎉❤️', '🎉'],
])('words are found in %s', async (_script, text, words) => {
  const { owner } = await aChatWith([text]);
  await finds(owner, { words }, [text]);
});

test('person, time, chat and links narrow a question down', async () => {
  const [ann, bob] = await Promise.all([aUser(app), aUser(app)]);
  const [one, other] = await Promise.all([aGroup(ann, [bob]), aGroup(ann, [bob])]);
  await post(ann, { chatId: one.chat.id, text: 'harbour one' });
  const { postedAt } = await post(bob, { chatId: one.chat.id, text: 'harbour two https://harbour.example/map' });
  await post(bob, { chatId: other.chat.id, text: 'harbour three' });
  await finds(ann, { words: 'harbour three' }, ['harbour three']);

  const inOne = { words: 'harb', chatId: one.chat.id };
  expect(await textsFound(ann, inOne)).toEqual(['harbour two https://harbour.example/map', 'harbour one']);
  expect(await textsFound(ann, { ...inOne, senderId: ann.user.id })).toEqual(['harbour one']);
  expect(await textsFound(ann, { words: '', senderId: bob.user.id, chatId: other.chat.id })).toEqual(['harbour three']);
  expect(await textsFound(ann, { words: '', kinds: ['link'] })).toEqual(['harbour two https://harbour.example/map']);
  const later = new Date(Date.parse(postedAt) + 60_000).toISOString();
  const earlier = new Date(Date.parse(postedAt) - 60_000).toISOString();
  expect(await textsFound(ann, { words: 'harb', from: later })).toEqual([]);
  expect(await textsFound(ann, { words: 'harb', to: earlier })).toEqual([]);
  expect(await textsFound(ann, { words: 'harb', from: earlier, to: later })).toHaveLength(3);
});

test('pages follow each other without holes or repeats, over several chats', async () => {
  const owner = await aUser(app);
  const chats = await Promise.all([aGroup(owner), aGroup(owner), aGroup(owner)]);
  const total = SEARCH_PAGE * 2 + 5;
  for (let at = 0; at < total; at += 1) {
    await post(owner, { chatId: chats[at % 3]!.chat.id, text: `gull number ${at}` });
  }
  await eventually(async () => {
    const [newest] = await textsFound(owner, { words: `number ${total - 1}` });
    return newest !== undefined;
  });
  const seen: string[] = [];
  let before: Question['before'];
  do {
    const { hits, next } = await owner.call(searchRoutes.searchMessages, { body: { words: 'gull', before } });
    expect(hits.length).toBeLessThanOrEqual(SEARCH_PAGE);
    const times = hits.map(({ message }) => message.postedAt.slice(0, 19));
    expect(times).toEqual(times.toSorted().toReversed());
    seen.push(...hits.map(({ message }) => message.id));
    before = next ?? undefined;
  } while (before);
  expect(new Set(seen).size).toBe(total);
  expect(seen).toHaveLength(total);
});

test('R11: strangers and former members find nothing, from the moment of the removal', async () => {
  const [owner, member, stranger] = await Promise.all([aUser(app), aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [member]);
  await aGroup(stranger);
  const { position } = await post(owner, { chatId: chat.id, text: 'the lighthouse is ours' });
  await finds(member, { words: 'lighthouse' }, ['the lighthouse is ours']);
  expect(await textsFound(stranger, { words: 'lighthouse' })).toEqual([]);
  await owner.call(chatRoutes.removeMember, { params: { chatId: chat.id, userId: member.user.id } });
  expect(await textsFound(member, { words: 'lighthouse' }, app.nodes[1])).toEqual([]);
  expect(await textsFound(owner, { words: 'lighthouse' })).toEqual(['the lighthouse is ours']);
  // Each of the two by itself: the removal may come between looking and opening.
  const { db } = app.app;
  const seen = async ({ user }: Person) => [
    (await searchRepository.blocksOf(db, user.id, { chatId: undefined, from: 0, to: 2 ** 32 - 1 })).length,
    (await readingRepository.visibleTo(db, user.id, [{ chatId: chat.id, position }])).length,
  ];
  expect(await seen(owner)).toEqual([1, 1]);
  expect(await seen(member)).toEqual([0, 0]);
});

test('an edited message is found by what it says now, a message taken back by nothing any more', async () => {
  const owner = await aUser(app);
  const { chat } = await aGroup(owner);
  const params = { chatId: chat.id };
  const { id } = await post(owner, { chatId: chat.id, text: 'secret anchorage' });
  const { position } = await post(owner, { chatId: chat.id, text: 'another anchorage' });
  await finds(owner, { words: 'anchorage' }, ['another anchorage', 'secret anchorage']);
  const before = await entriesOf(chat.id);
  await owner.call(messageActRoutes.editMessage, {
    params: { ...params, messageId: id },
    body: { text: 'open roads' },
  });
  await finds(owner, { words: 'roads' }, ['open roads']);
  expect(await textsFound(owner, { words: 'secret' })).toEqual([]);
  await owner.call(messageActRoutes.deleteMessages, { params, body: { messageIds: [id] } });
  expect(await textsFound(owner, { words: 'roads' })).toEqual([]);
  // Nothing is left of it, also where the other stands beside it, and all of the other.
  await eventually(async () => (await entriesOf(chat.id)) < before);
  const left = await app.app.db.rows<{ places: Buffer; entry: Buffer }>(
    'SELECT entry, places FROM search_postings WHERE LEFT(entry, 16) = :chatId',
    { chatId: toBytes(chat.id) },
  );
  const positions = left.flatMap(({ entry, places }) => readPostings(entry.readUInt32BE(16), places));
  expect(new Set(positions.map((place) => place.position))).toEqual(new Set([position]));
  await finds(owner, { words: 'anchorage' }, ['another anchorage']);
});

test('a message deleted for one person is found by the others only', async () => {
  const [owner, member] = await Promise.all([aUser(app), aUser(app)]);
  const { chat } = await aGroup(owner, [member]);
  const { position } = await post(owner, { chatId: chat.id, text: 'yesterday was embarrassing' });
  await finds(member, { words: 'embarrassing' }, ['yesterday was embarrassing']);
  await member.call(messageActRoutes.hideMessages, { params: { chatId: chat.id }, body: { positions: [position] } });
  expect(await textsFound(member, { words: 'embarrassing' })).toEqual([]);
  expect(await textsFound(owner, { words: 'embarrassing' })).toEqual(['yesterday was embarrassing']);
});

test('what nobody told a node of, because the one that wrote it was killed, is found by the walk over all chats', async () => {
  const { owner, chatId } = await aChatWith(['the kettle is on']);
  await finds(owner, { words: 'kettle' }, ['the kettle is on']);
  // As after a crash between the commit and the indexing: the chat is ahead of its head, and nobody was told.
  await app.app.db.run('UPDATE search_heads SET revision = 0 WHERE chat_id = :chatId', { chatId: toBytes(chatId) });
  await app.app.db.run('DELETE FROM search_postings WHERE LEFT(entry, 16) = :chatId', { chatId: toBytes(chatId) });
  await eventually(async () => (await textsFound(owner, { words: 'kettle' })).length === 1);
});

test('a chat that is gone leaves nothing in the index', async () => {
  const { owner, chatId } = await aChatWith(['nothing is left of this']);
  await finds(owner, { words: 'nothing' }, ['nothing is left of this']);
  expect(await entriesOf(chatId)).toBeGreaterThan(0);
  await owner.call(chatRoutes.leaveGroup, { params: { chatId } });
  await eventually(async () => (await entriesOf(chatId)) === 0);
  const heads = await app.app.db.rows('SELECT 1 FROM search_heads WHERE chat_id = :id', { id: toBytes(chatId) });
  expect(heads).toEqual([]);
});

test('the same word has another token in every chat', async () => {
  const chats = await Promise.all([aChatWith(['barnacle']), aChatWith(['barnacle'])]);
  for (const { owner } of chats) await finds(owner, { words: 'barnacle' }, ['barnacle']);
  const tokens = await Promise.all(
    chats.map(async ({ chatId }) => {
      const rows = await app.app.db.rows<{ token: Buffer }>(
        'SELECT RIGHT(entry, 6) AS token FROM search_postings WHERE LEFT(entry, 16) = :chatId',
        { chatId: toBytes(chatId) },
      );
      return rows.map(({ token }) => token.toString('hex'));
    }),
  );
  expect(tokens[0]?.filter((token) => tokens[1]?.includes(token))).toEqual([]);
});
