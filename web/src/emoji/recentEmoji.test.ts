import { expect, test } from 'vitest';
import { createMemoryStorage } from '../platform/storage.ts';
import { recentEmojiOf } from './recentEmoji.ts';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('the emoji used last come first, each once, and are there after a reload', async () => {
  const storage = createMemoryStorage();
  const recent = recentEmojiOf(storage);
  await settle();
  for (const emoji of ['👍', '🎉', '👍']) recent.use(emoji);
  recent.setTone('dark');
  expect(recent.store.getState()).toEqual({ recent: ['👍', '🎉'], tone: 'dark' });
  await settle();
  // Another page of the same person.
  const reloaded = recentEmojiOf({ ...storage });
  await settle();
  expect(reloaded.store.getState()).toEqual({ recent: ['👍', '🎉'], tone: 'dark' });
});

test('only so many are remembered', async () => {
  const recent = recentEmojiOf(createMemoryStorage());
  await settle();
  for (let code = 0; code < 40; code += 1) recent.use(String.fromCodePoint(0x1f600 + code));
  expect(recent.store.getState().recent).toHaveLength(18);
  expect(recent.store.getState().recent[0]).toBe(String.fromCodePoint(0x1f600 + 39));
});
