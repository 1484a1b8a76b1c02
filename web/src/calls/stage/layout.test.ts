import { expect, test } from 'vitest';
import { aParticipant, aVideo } from '../testing.ts';
import type { Participant } from '../transport/media.transport.ts';
import { arrange, gridFor, type Layout, pageOf, screenTileOf, stripOf, type View } from './layout.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');
const ben = aParticipant('Ben');

interface More {
  readonly view?: View;
  readonly pinned?: string;
  readonly speaker?: Participant;
  readonly isMineHidden?: boolean;
}

function look(people: readonly Participant[], more: More = {}): Layout {
  return arrange({
    people,
    seats: people.map((one) => one.identity),
    view: more.view ?? 'grid',
    pinned: more.pinned ?? null,
    speaker: more.speaker?.identity ?? null,
    isMineHidden: more.isMineHidden ?? false,
  });
}

test('in the grid everyone has the same place and size, whoever speaks', () => {
  const layout = look([me, anna, ben], { speaker: ben });
  expect(layout).toEqual({ main: null, rest: [me, anna, ben].map((one) => one.identity), corner: null });
});

test('outside the grid whoever has the floor is large, and never oneself while others are there', () => {
  expect(look([me, anna, ben], { view: 'sidebar', speaker: ben }).main).toBe(ben.identity);
  expect(look([me, anna], { view: 'sidebar', speaker: me }).main).toBe(anna.identity);
  expect(look([me], { view: 'sidebar' }).main).toBe(me.identity);
});

test('the speaker view shows one picture, and oneself small within it', () => {
  expect(look([me, anna, ben], { view: 'speaker', speaker: ben })).toEqual({
    main: ben.identity,
    rest: [],
    corner: me.identity,
  });
  expect(look([me], { view: 'speaker' })).toEqual({ main: me.identity, rest: [], corner: null });
});

test("another's shared screen is large by itself, and the speaker view keeps a face beside it; one's own is not", () => {
  const sharing = { ...anna, screen: aVideo('s') };
  expect(look([me, sharing]).main).toBe(screenTileOf(anna.identity));
  expect(look([me, sharing, ben], { view: 'speaker', speaker: ben }).corner).toBe(ben.identity);
  const mine = { ...me, screen: aVideo('s') };
  expect(look([mine, anna])).toMatchObject({
    main: null,
    rest: [screenTileOf(me.identity), me.identity, anna.identity],
  });
});

test('what is pinned comes before everything else, as long as it is there', () => {
  const people = [me, { ...anna, screen: aVideo('s') }, ben];
  expect(look(people, { view: 'speaker', pinned: me.identity }).main).toBe(me.identity);
  expect(look(people, { view: 'speaker', pinned: 'somebody who left' }).main).toBe(screenTileOf(anna.identity));
});

test('who hides their own picture does not see it, except alone', () => {
  expect(look([me, anna], { isMineHidden: true }).rest).toEqual([anna.identity]);
  expect(look([me, anna], { isMineHidden: true, view: 'speaker' }).corner).toBeNull();
  expect(look([me], { isMineHidden: true }).rest).toEqual([me.identity]);
});

const LAPTOP = { width: 1256, height: 672, gap: 8 };
const PHONE = { width: 366, height: 640, gap: 8 };

test('tiles are as large as the box allows, never cut to slivers, and all fit', () => {
  for (const box of [LAPTOP, PHONE]) {
    for (let count = 1; count <= 50; count += 1) {
      const { columns, width, height } = gridFor(count, box);
      const rows = Math.ceil(count / columns);
      expect(columns * width + (columns - 1) * box.gap).toBeLessThanOrEqual(box.width);
      expect(rows * height + (rows - 1) * box.gap).toBeLessThanOrEqual(box.height);
      expect(width / Math.max(1, height)).toBeGreaterThan(box === PHONE ? 0.73 : 0.95);
    }
  }
});

test('two people stand side by side on a wide screen and above each other on a phone', () => {
  expect(gridFor(2, LAPTOP).columns).toBe(2);
  expect(gridFor(2, PHONE).columns).toBe(1);
});

test('a page holds what can be looked at: sixteen on a laptop, eight on a phone, and faces stay faces', () => {
  expect(pageOf(LAPTOP)).toBe(16);
  expect(pageOf({ width: 3_840, height: 2_100, gap: 8 })).toBe(16);
  expect(pageOf(PHONE)).toBe(8);
  expect(gridFor(pageOf(PHONE), PHONE).width).toBeGreaterThan(150);
  expect(stripOf(672, 122, 8)).toBe(5);
  expect(stripOf(0, 122, 8)).toBe(1);
});
