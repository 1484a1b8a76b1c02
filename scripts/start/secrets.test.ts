import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { makePrivateFolder } from './folders.mjs';
import { openSecrets } from './secrets.mjs';

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

test('secrets are readable by their owner only, also where somebody had opened them up', () => {
  const data = makePrivateFolder(join(scratchFolder(), 'data'));
  openSecrets(data)('redisPassword');
  expect(modeOf(join(data, 'secrets.json'))).toBe(0o600);
  expect(modeOf(data)).toBe(0o700);

  chmodSync(join(data, 'secrets.json'), 0o644);
  openSecrets(data)('redisPassword');
  expect(modeOf(join(data, 'secrets.json'))).toBe(0o600);
});

test('a secret is the same at the next start, and no two are alike', () => {
  const data = scratchFolder();
  const made = openSecrets(data)('redisPassword');
  expect(openSecrets(data)('redisPassword')).toBe(made);
  expect(openSecrets(data)('mysqlPassword')).not.toBe(made);
  expect(made).toMatch(/^[\w-]{43}$/);
});

test('passwords that cannot be read are not replaced by new ones', () => {
  const data = scratchFolder();
  writeFileSync(join(data, 'secrets.json'), 'half a fi');
  expect(() => openSecrets(data)).toThrow('cannot be read');
  expect(readFileSync(join(data, 'secrets.json'), 'utf8')).toBe('half a fi');
});
