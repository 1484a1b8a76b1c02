import 'fake-indexeddb/auto';
import { UserId } from '@dialog/shared/contract/values';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createMemoryStorage, eraseStorage, openStorage } from './storage.ts';

const mira = UserId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11');
const omar = UserId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d12');
const Draft = z.object({ text: z.string() });

test('what was kept is there again after a reload, in the order of the keys', async () => {
  const before = await openStorage(mira);
  await before.put('drafts', 'b', { text: 'second' });
  await before.put('drafts', 'a', { text: 'first' });
  before.close();
  const after = await openStorage(mira);
  expect(await after.list('drafts', Draft)).toEqual([{ text: 'first' }, { text: 'second' }]);
  await after.remove('drafts', 'a');
  expect(await after.get('drafts', 'a', Draft)).toBeUndefined();
  after.close();
});

test('people of one browser do not see what the other kept', async () => {
  const hers = await openStorage(mira);
  await hers.put('drafts', 'a', { text: 'hers' });
  const his = await openStorage(omar);
  expect(await his.get('drafts', 'a', Draft)).toBeUndefined();
  hers.close();
  his.close();
});

test('what an older version wrote in another shape is as good as absent', async () => {
  const storage = createMemoryStorage();
  await storage.put('drafts', 'old', 'just text');
  await storage.put('drafts', 'new', { text: 'hello' });
  expect(await storage.get('drafts', 'old', Draft)).toBeUndefined();
  expect(await storage.list('drafts', Draft)).toEqual([{ text: 'hello' }]);
});

test('sign-out leaves nothing behind, even while another tab has it open', async () => {
  const other = await openStorage(mira);
  await other.put('outbox', 'a', { text: 'hers' });
  await eraseStorage(mira);
  const fresh = await openStorage(mira);
  expect(await fresh.list('outbox', Draft)).toEqual([]);
  fresh.close();
});

test('what an app without the shelf of files had kept is there after the update', async () => {
  const person = UserId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d13');
  const older = await openDB(`dialog-${person}`, 1, {
    upgrade: (fresh) =>
      ['outbox', 'drafts', 'chats', 'histories', 'settings'].forEach((shelf) => fresh.createObjectStore(shelf)),
  });
  await older.put('drafts', { text: 'begun' }, 'a');
  older.close();
  const updated = await openStorage(person);
  expect(await updated.get('drafts', 'a', Draft)).toEqual({ text: 'begun' });
  await updated.put('files', 'b', { text: 'a file' });
  expect(await updated.get('files', 'b', Draft)).toEqual({ text: 'a file' });
  updated.close();
});
