import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { memoryFolder } from './folders.mjs';

test('what need not last has a folder of its own in memory, which nobody else can look into', () => {
  const at = scratchFolder();
  const one = memoryFolder('/data/one', { at, room: 0 });
  expect(one).toMatch(new RegExp(`^${at}/dialog-[0-9a-f]{12}$`));
  expect(statSync(one ?? '').mode & 0o777).toBe(0o700);
  expect(memoryFolder('/data/one', { at, room: 0 })).toBe(one);
  expect(memoryFolder('/data/other', { at, room: 0 })).not.toBe(one);
});

test('without such memory, or with little room there, it has none', () => {
  expect(memoryFolder('/data/one', { at: scratchFolder(), room: Number.MAX_SAFE_INTEGER })).toBeUndefined();
  expect(memoryFolder('/data/one', { at: join(scratchFolder(), 'none') })).toBeUndefined();
});
