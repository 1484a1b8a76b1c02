import { type Gif, gifRoutes } from '@dialog/shared/gifs';
import { expect, test } from 'vitest';
import { ApiError } from '../platform/api.ts';
import { createFakeCall } from '../testing/fakeServer.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createGifSearch, type GifSearch } from './gifSearch.ts';

function aGif(id: string): Gif {
  return { id, title: id, width: 200, height: 150, picture: 'sealed' };
}

function aSearch() {
  const clock = createTestClock();
  const { call, answer } = createFakeCall();
  const asked: [words: string, offset: number][] = [];
  answer(gifRoutes.searchGifs, ({ body: { words, offset } }) => {
    asked.push([words, offset]);
    if (words === 'away') throw new ApiError('gifs-unavailable');
    return { gifs: [aGif(`${words}${offset}`), aGif('same')], nextOffset: offset < 2 ? offset + 1 : null };
  });
  return { clock, asked, search: createGifSearch({ call, clock, language: 'en' }) };
}

const ids = (search: GifSearch) => search.store.getState().gifs?.map(({ id }) => id);

test('what is liked is there at once, and typing asks when it pauses', async () => {
  const { clock, asked, search } = aSearch();
  search.ask('');
  await clock.advance(0);
  expect(ids(search)).toEqual(['0', 'same']);
  for (const words of ['t', 'te', 'tea']) search.ask(words);
  await clock.advance(400);
  expect(asked).toEqual([
    ['', 0],
    ['tea', 0],
  ]);
});

test('the next page comes behind, each GIF once, until there is no more', async () => {
  const { clock, search } = aSearch();
  search.ask('');
  for (let page = 0; page < 5; page += 1) {
    await clock.advance(0);
    search.more();
  }
  expect(ids(search)).toEqual(['0', 'same', '1', '2']);
  expect(search.store.getState().hasMore).toBe(false);
});

test('what failed is said, and tried again by wish', async () => {
  const { clock, asked, search } = aSearch();
  search.ask('away');
  await clock.advance(400);
  expect(search.store.getState().failure).toBeInstanceOf(ApiError);
  search.more();
  expect(asked).toHaveLength(1);
  search.retry();
  await clock.advance(0);
  expect(asked).toHaveLength(2);
});
