import { afterEach, expect, test, vi } from 'vitest';
import { mixOthers } from './othersSound.ts';
import { aPage } from './testing.ts';

afterEach(() => vi.unstubAllGlobals());

test('only what one hears is written down: nobody whom one has blocked, and nothing of a call on hold', () => {
  const page = aPage();
  page.come('Anna');
  page.come('Ben, blocked', { volume: 0 });
  page.come('Clara, on hold', { muted: true });
  page.come('Dora, held back by the browser', { paused: true });
  mixOthers();
  expect(page.taken()).toEqual(['Anna']);
});

test('who is blocked or put on hold meanwhile is written down no longer, and is again when heard again', () => {
  const page = aPage();
  const anna = page.come('Anna');
  mixOthers();
  for (const [off, on] of [
    [{ volume: 0 }, { volume: 0.5 }],
    [{ muted: true }, { muted: false }],
    [{ paused: true }, { paused: false }],
  ] as const) {
    page.change(anna, off);
    expect(page.taken()).toEqual([]);
    page.change(anna, on);
    expect(page.taken()).toEqual(['Anna']);
  }
});

test('whoever comes is written down, and who goes is not, also where another takes over the same player', () => {
  const page = aPage();
  const others = mixOthers();
  const player = page.come('Anna');
  const ben = page.come('Ben');
  expect(page.taken()).toEqual(['Anna', 'Ben']);
  page.go(ben);
  player.srcObject = page.stream('Clara');
  page.change(player, { paused: false });
  expect(page.taken()).toEqual(['Clara']);
  others.stop();
  page.come('Dora');
  page.change(player, { volume: 0.5 });
  expect(page.taken()).toEqual([]);
  expect(page.isClosed()).toBe(true);
});
