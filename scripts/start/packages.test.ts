import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { installNodePackages } from './packages.mjs';
import { createProgress } from './progress.mjs';

// Processes are started here, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

const WANTED = {
  '': {},
  'node_modules/fastify': { version: '5.0.0' },
  'node_modules/for-mac-only': { version: '1.0.0', optional: true },
  'node_modules/@dialog/shared': { link: true },
};

interface Entry {
  readonly version?: string;
}

function aCheckout(present?: Record<string, Entry>): string {
  const root = scratchFolder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  mkdirSync(join(root, 'node_modules'));
  if (present) writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }));
  return root;
}

/** Runs it with an npm that only says that it was called. */
async function install(root: string): Promise<string> {
  const said: string[] = [];
  const npm = join(root, 'npm.js');
  writeFileSync(npm, 'process.exit(0)');
  const progress = createProgress({ write: (text) => void said.push(text) });
  await installNodePackages({ env: { ...process.env, npm_execpath: npm }, progress, root });
  return said.join('');
}

test('packages are installed where there are none, and not again', async () => {
  const root = aCheckout();
  expect(await install(root)).toContain('Installing packages');
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages":{}}');
  expect(await install(root)).toBe('');
});

test('what npm has put there by hand is not put there again', async () => {
  expect(await install(aCheckout({ 'node_modules/fastify': { version: '5.0.0' } }))).toBe('');
});

test('a package of another version is a reason to install', async () => {
  expect(await install(aCheckout({ 'node_modules/fastify': { version: '4.9.9' } }))).toContain('Installing packages');
});

test('an npm that fails is told of in its own words, with what to do', async () => {
  const root = aCheckout();
  const npm = join(root, 'failing.js');
  writeFileSync(npm, "process.stderr.write('npm error code ENOSPC'); process.exit(1)");
  const progress = createProgress({ write: () => {} });
  await expect(installNodePackages({ env: { npm_execpath: npm }, progress, root })).rejects.toMatchObject({
    message: 'npm could not install the packages: npm error code ENOSPC.',
    advice: expect.stringContaining('disk has room'),
  });
});
