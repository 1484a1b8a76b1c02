import { expect, test } from 'vitest';
import { arrange, gridFor, tilesOf } from './layout.ts';
import { aParticipant, aVideo } from '../testing.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna', { spokeAt: 1_000 });
const ben = aParticipant('Ben', { spokeAt: 2_000 });

test('in the grid everyone has the same place and size, whoever speaks', () => {
  const layout = arrange(tilesOf([me, anna, { ...ben, isSpeaking: true }]), 'grid', null);
  expect(layout.main).toBeNull();
  expect(layout.rest.map((tile) => tile.participant.name)).toEqual(['Me', 'Anna', 'Ben']);
});

test('the speaker view shows large who spoke last, and never oneself while others are there', () => {
  expect(arrange(tilesOf([me, anna, ben]), 'speaker', null).main?.participant.name).toBe('Ben');
  expect(arrange(tilesOf([{ ...me, spokeAt: 9_000 }, anna]), 'speaker', null).main?.participant.name).toBe('Anna');
  expect(arrange(tilesOf([me]), 'speaker', null).main?.participant.name).toBe('Me');
});

test("another's shared screen is large by itself; one's own is not", () => {
  const sharing = { ...anna, screen: aVideo('s') };
  expect(arrange(tilesOf([me, sharing]), 'grid', null).main?.kind).toBe('screen');
  expect(arrange(tilesOf([{ ...me, screen: aVideo('s') }, anna]), 'grid', null).main).toBeNull();
});

test('what is pinned comes before everything else, as long as it is there', () => {
  const tiles = tilesOf([me, { ...anna, screen: aVideo('s') }, ben]);
  expect(arrange(tiles, 'speaker', me.identity).main?.participant.name).toBe('Me');
  expect(arrange(tiles, 'speaker', 'somebody who left').main?.kind).toBe('screen');
});

test('tiles are as large as the box allows, never cut to slivers, and all fit', () => {
  for (const box of [
    { width: 1256, height: 672, gap: 8 },
    { width: 366, height: 640, gap: 8 },
  ]) {
    for (let count = 1; count <= 50; count += 1) {
      const { columns, width, height } = gridFor(count, box);
      const rows = Math.ceil(count / columns);
      expect(columns * width + (columns - 1) * box.gap).toBeLessThanOrEqual(box.width);
      expect(rows * height + (rows - 1) * box.gap).toBeLessThanOrEqual(box.height);
      expect(width / Math.max(1, height)).toBeGreaterThan(0.95);
    }
  }
});

test('two people stand side by side on a wide screen and above each other on a phone', () => {
  expect(gridFor(2, { width: 1256, height: 672, gap: 8 }).columns).toBe(2);
  expect(gridFor(2, { width: 366, height: 640, gap: 8 }).columns).toBe(1);
});
