import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './folders.mjs';
import { serverNode } from './packages.mjs';
import { Failure } from './progress.mjs';
import { lastWords, run } from './run.mjs';

const SOURCES = ['web', 'shared/src', 'package-lock.json'];
const IGNORED = new Set(['dist', 'dist.new', 'dist.old', 'node_modules']);
const BUILD_WITHIN_MS = 5 * 60_000;

/**
 * Builds the web app, if its sources changed since the last time. The new one takes the old one's place only when it
 * is whole: a server that is running goes on serving a working page.
 *
 * @param {{ env: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress, root?: string }} context
 */
export async function buildWeb({ env, progress, root = ROOT }) {
  const dist = join(root, 'web', 'dist');
  const stampFile = join(root, 'node_modules', '.dialog-web');
  const stamp = digestOf(root);
  if (existsSync(join(dist, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return;

  const fresh = join(root, 'web', 'dist.new');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, tail } = await progress.step('Building the web app', () =>
    run(serverNode(root), [vite, 'build', 'web', '--outDir', fresh, '--emptyOutDir'], {
      cwd: root,
      env: { ...env, NODE_ENV: 'production' },
      timeoutMs: BUILD_WITHIN_MS,
    }),
  );
  if (code !== 0) {
    throw new Failure(
      `The web app could not be built: ${lastWords(tail)}.`,
      'See "npm run build" for the whole of it; with changes of your own, take them back.',
    );
  }
  const old = join(root, 'web', 'dist.old');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** @param {string} root */
function digestOf(root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesIn(join(root, source))) hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} In a fixed order. */
function filesIn(path) {
  if (!existsSync(path)) return [];
  /** @type {import('node:fs').Dirent[]} */
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  const names = entries
    .filter(({ name }) => !IGNORED.has(name) && !/\.test\.tsx?$/.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return names.flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
}
