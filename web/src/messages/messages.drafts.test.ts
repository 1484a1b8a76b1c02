import { expect, test } from 'vitest';
import { createMemoryStorage } from '../platform/storage.ts';
import { aChatId } from '../testing/ids.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createDrafts } from './messages.drafts.ts';

test('what was begun is there after a reload', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  createDrafts({ storage, clock }).write(aChatId(1), 'half a sen');
  await clock.advance(1_000);
  const again = createDrafts({ storage, clock });
  await again.restore();
  expect(again.store.getState().get(aChatId(1))).toBe('half a sen');
});

test('the last key before the page goes is kept too', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  const drafts = createDrafts({ storage, clock });
  drafts.write(aChatId(1), 'now');
  drafts.flush();
  const again = createDrafts({ storage, clock });
  await again.restore();
  expect(again.store.getState().get(aChatId(1))).toBe('now');
});

test('a draft that was sent or emptied does not come back', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  const drafts = createDrafts({ storage, clock });
  drafts.write(aChatId(1), 'gone soon');
  await clock.advance(1_000);
  drafts.write(aChatId(1), '');
  await clock.advance(1_000);
  const again = createDrafts({ storage, clock });
  await again.restore();
  expect(again.store.getState().size).toBe(0);
});

test('what is being written wins over what was kept', async () => {
  const [storage, clock] = [createMemoryStorage(), createTestClock()];
  createDrafts({ storage, clock }).write(aChatId(1), 'old');
  await clock.advance(1_000);
  const drafts = createDrafts({ storage, clock });
  drafts.write(aChatId(1), 'new');
  await drafts.restore();
  expect(drafts.store.getState().get(aChatId(1))).toBe('new');
});
