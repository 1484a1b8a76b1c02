import { chmodSync, mkdirSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Unix socket paths end at 104 bytes on macOS and 108 on Linux. */
const SOCKET_PATH_MAX = 100;

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';
const MEMORY_ROOM = 4 * 1024 ** 3;

/**
 * Makes a folder that only its owner can look into: it holds keys, passwords and people's messages.
 *
 * @param {string} path
 */
export function makePrivateFolder(path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return path;
}

/**
 * Where everything that lasts is kept: `DIALOG_DATA`, else `.dialog` in the checkout.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [fallback]
 */
export function dataFolder(env, fallback = join(ROOT, '.dialog')) {
  return makePrivateFolder(resolve(env['DIALOG_DATA'] || fallback));
}

/**
 * Where programs are kept that were built or downloaded: shared by all checkouts, safe to delete.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  const path = env['DIALOG_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dialog');
  mkdirSync(resolve(path), { recursive: true });
  return resolve(path);
}

/**
 * A place for a Unix socket: in the data folder, or under the temporary folder where that path would be too long.
 *
 * @param {string} data
 * @param {string} name
 */
export function socketPath(data, name) {
  const inside = join(data, name);
  if (Buffer.byteLength(inside) <= SOCKET_PATH_MAX) return inside;
  return join(makePrivateFolder(join(tmpdir(), `dialog-${shortNameOf(data)}`)), name);
}

/**
 * A folder in memory for what need not last, for this data folder; undefined where the system has none, or little room.
 *
 * @param {string} data
 * @param {{ at?: string, room?: number }} [where] Bytes that must be free there.
 */
export function memoryFolder(data, { at = MEMORY, room = MEMORY_ROOM } = {}) {
  try {
    const { bavail, bsize } = statfsSync(at);
    return bavail * bsize < room ? undefined : makePrivateFolder(join(at, `dialog-${shortNameOf(data)}`));
  } catch {
    return undefined;
  }
}

/** @param {string} data */
function shortNameOf(data) {
  return createHash('sha256').update(data).digest('hex').slice(0, 12);
}
