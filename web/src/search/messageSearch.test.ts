import { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import { type SearchHit, searchRoutes } from '@dialog/shared/search';
import { expect, test } from 'vitest';
import { ApiError } from '../platform/api.ts';
import { createFakeCall } from '../testing/fakeServer.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createMessageSearch, type MessageSearch } from './messageSearch.ts';

const chatId = ChatId.parse('00000000-0000-4000-8000-000000000001');

function aHit(text: string, position = 1): SearchHit {
  const id = MessageId.parse(`00000000-0000-4000-8000-${String(position).padStart(12, '0')}`);
  const senderId = UserId.parse('00000000-0000-4000-8000-000000000002');
  const postedAt = '2026-01-01T00:00:00.000Z';
  return {
    chat: { id: chatId, kind: 'group', title: 'Harbour', peer: null },
    message: { id, chatId, senderId, content: { kind: 'text', text }, postedAt, position, revision: position },
  };
}

const texts = (search: MessageSearch): string[] =>
  search.store.getState().hits.map(({ message: { content } }) => (content.kind === 'text' ? content.text : ''));

function aSearch() {
  const clock = createTestClock();
  const { call, answer } = createFakeCall();
  return { clock, answer, search: createMessageSearch({ call, clock }) };
}

test('typing asks once, for what was typed last', async () => {
  const { clock, answer, search } = aSearch();
  const asked: string[] = [];
  answer(searchRoutes.searchMessages, ({ body }) => {
    asked.push(body.words);
    return { hits: [aHit(body.words)], next: null };
  });
  for (const words of ['m', 'mo', 'moo']) {
    search.ask({ words });
    await clock.advance(100);
  }
  await clock.advance(150);
  expect(asked).toEqual(['moo']);
  expect(texts(search)).toEqual(['moo']);
});

test('an answer that comes after the next question is not shown', async () => {
  const { clock, answer, search } = aSearch();
  const pending: (() => void)[] = [];
  answer(
    searchRoutes.searchMessages,
    ({ body }) =>
      new Promise((resolve) => pending.push(() => resolve({ hits: [aHit(`about ${body.words}`)], next: null }))),
  );
  search.ask({ words: 'anchor' });
  await clock.advance(200);
  search.ask({ words: 'buoy' });
  await clock.advance(200);
  pending[1]?.();
  await clock.advance(0);
  pending[0]?.();
  await clock.advance(0);
  expect(texts(search)).toEqual(['about buoy']);
});

test('a complete answer is narrowed down without asking again, unless a word was whole', async () => {
  const { clock, answer, search } = aSearch();
  const asked: string[] = [];
  answer(searchRoutes.searchMessages, ({ body }) => {
    asked.push(body.words);
    return { hits: [aHit('mooring and anchor'), aHit('moored boats', 2)], next: null };
  });
  search.ask({ words: 'moor' });
  await clock.advance(200);
  search.ask({ words: 'moori' });
  expect(texts(search)).toEqual(['mooring and anchor']);
  search.ask({ words: 'moored boa' });
  expect(texts(search)).toEqual(['moored boats']);
  expect(asked).toEqual(['moor']);
  search.ask({ words: 'moored boa', chatId });
  await clock.advance(200);
  // One letter was a whole word; it is not one any more.
  search.ask({ words: 'a' });
  await clock.advance(200);
  search.ask({ words: 'an' });
  await clock.advance(200);
  expect(asked).toEqual(['moor', 'moored boa', 'a', 'an']);
});

test('more pages follow the first', async () => {
  const { clock, answer, search } = aSearch();
  const next = { postedAt: '2026-01-01T00:00:00.000Z', chatId, position: 2 };
  answer(searchRoutes.searchMessages, ({ body }) =>
    body.before ? { hits: [aHit('older', 1)], next: null } : { hits: [aHit('newer', 2)], next },
  );
  search.ask({ words: 'boat' });
  await clock.advance(200);
  expect(search.store.getState().hasMore).toBe(true);
  search.more();
  await clock.advance(0);
  expect(texts(search)).toEqual(['newer', 'older']);
  expect(search.store.getState().hasMore).toBe(false);
});

test('who was too quick for the server gets the answer by waiting', async () => {
  const { clock, answer, search } = aSearch();
  let isOpen = false;
  answer(searchRoutes.searchMessages, () => {
    if (!isOpen) throw new ApiError('rate-limited', { retryAfterSeconds: 5 });
    return { hits: [aHit('found')], next: null };
  });
  search.ask({ words: 'boat' });
  await clock.advance(200);
  expect(search.store.getState().failure).toBeInstanceOf(ApiError);
  isOpen = true;
  await clock.advance(5_000);
  expect(texts(search)).toEqual(['found']);
  expect(search.store.getState().failure).toBeUndefined();
});

test('nothing is asked for nothing', async () => {
  const { clock, search } = aSearch();
  search.ask({ words: ' … ' });
  await clock.advance(1_000);
  expect(search.store.getState()).toMatchObject({ isAsking: false, hits: [], isAnswered: false });
});
