import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changedFiles } from './changes.mjs';

let tree = '';
const git = (...given) => execFileSync('git', given, { cwd: tree, stdio: 'pipe' });
const write = (name) => writeFileSync(join(tree, name), `${name} ${Math.random()}\n`);

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'dialog-changes-'));
  git('init', '--quiet');
  for (const name of ['kept.ts', 'changed.ts', 'staged.ts', 'gone.ts']) write(name);
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '--no-verify', '-m', 'first');
  for (const name of ['changed.ts', 'staged.ts', 'new file.ts']) write(name);
  git('add', 'staged.ts');
  git('rm', '--quiet', 'gone.ts');
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('a commit is checked by what is staged for it', () => {
  expect(changedFiles(tree, { staged: true })).toEqual(['staged.ts']);
});

test('by hand, everything counts that differs from the last commit or is new, and still there', () => {
  expect(changedFiles(tree, { staged: false }).toSorted()).toEqual(['changed.ts', 'new file.ts', 'staged.ts']);
});
