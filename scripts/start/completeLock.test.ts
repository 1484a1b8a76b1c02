import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { completeLock } from './completeLock.mjs';
import { ROOT } from './folders.mjs';

test('the lockfile names the parts for every kind of machine, so that npm ci takes it anywhere', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Parameters<typeof completeLock>[0];
  };
  // If this fails: node scripts/lockfile.mjs
  expect(completeLock(packages)).toEqual([]);
});

test('a part that is missing is added with what machine it is for', () => {
  const packages: Parameters<typeof completeLock>[0] = {
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-musl': '2.0.0', '@tool/darwin-arm64': '2.0.0' },
    },
    'node_modules/@tool/darwin-arm64': { version: '2.0.0' },
  };
  expect(completeLock(packages)).toEqual(['@tool/linux-x64-musl 2.0.0']);
  expect(packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '2.0.0',
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
    dev: true,
    optional: true,
  });
});
