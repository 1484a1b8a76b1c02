import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './folders.mjs';
import { findProgram, isProgram } from './programs.mjs';
import { Failure } from './progress.mjs';
import { lastWords, run } from './run.mjs';

const STAMP = 'node_modules/.dialog-packages';
const INSTALL_WITHIN_MS = 15 * 60_000;
/** The server's prebuilt parts and unbuilt TypeScript need this one. */
const NODE_MAJOR = 24;

/**
 * Installs the packages that the lockfile names, if they are not there yet.
 *
 * @param {{ env: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress, root?: string }} context
 */
export async function installNodePackages({ env, progress, root = ROOT }) {
  const stamp = stampOf(root);
  if (readOr(join(root, STAMP)) === stamp && existsSync(join(root, 'node_modules/.package-lock.json'))) return;
  if (!isInstalled(root)) {
    const { command, args } = npm(env);
    const { code, tail } = await progress.step('Installing packages with npm', () =>
      // Building the web app needs the development packages, whatever NODE_ENV says.
      run(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
        cwd: root,
        env,
        timeoutMs: INSTALL_WITHIN_MS,
      }),
    );
    if (code !== 0) {
      throw new Failure(
        `npm could not install the packages: ${lastWords(tail)}.`,
        'See that the network is up and the disk has room (about 600 MB), then start again.',
      );
    }
  }
  writeFileSync(join(root, STAMP), stamp);
}

/** @param {string} root */
function stampOf(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

/** @param {string} file */
function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * npm keeps its own record of what it put there. Somebody who ran npm by hand needs no second installation.
 *
 * @param {string} root
 */
function isInstalled(root) {
  const record = readOr(join(root, 'node_modules/.package-lock.json'));
  if (record === undefined) return false;
  /** @typedef {{ version?: string, optional?: boolean, link?: boolean, devOptional?: boolean }} Entry */
  /** @type {Record<string, Entry>} */
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  /** @type {Record<string, Entry>} */
  const present = JSON.parse(record).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, link }]) => {
    // Optional ones may be for other kinds of machine.
    if (!path.startsWith('node_modules/') || link) return true;
    const found = present[path];
    return found ? found.version === version : Boolean(optional || devOptional);
  });
}

/** @param {NodeJS.ProcessEnv} env */
function npm(env) {
  const script = env['npm_execpath'];
  if (script?.endsWith('.js')) return { command: process.execPath, args: [script] };
  const command = findProgram(['npm'], { env, folders: [dirname(process.execPath)] });
  if (!command)
    throw new Failure('npm is missing.', 'Install Node.js with npm (https://nodejs.org), version 20 or newer.');
  return { command, args: [] };
}

/**
 * The Node that runs the server: the one among the packages, or this one where it is new enough.
 *
 * @param {string} [root]
 */
export function serverNode(root = ROOT) {
  const own = join(root, 'node_modules/node/bin/node');
  if (isProgram(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  throw new Failure(
    `Node ${NODE_MAJOR} is missing among the packages.`,
    'Run: npm ci --include=dev --foreground-scripts, and look at what it says about "node".',
  );
}
