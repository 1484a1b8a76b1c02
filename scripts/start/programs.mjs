import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Servers live in folders that are not on everybody's PATH. */
const MORE_FOLDERS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/opt/mysql/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/usr/local/opt/mysql/bin',
  '/usr/local/opt/mariadb/bin',
  '/usr/local/mysql/bin',
  '/usr/local/go/bin',
];

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {readonly string[]} names The first one found wins.
 * @param {{ env?: NodeJS.ProcessEnv, folders?: readonly string[] }} [where] Folders to look in before PATH.
 * @returns {string | undefined} Its whole path.
 */
export function findProgram(names, { env = process.env, folders = [] } = {}) {
  const onPath = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const places = [...folders, ...onPath, ...MORE_FOLDERS];
  for (const name of names) {
    const folder = places.find((place) => isProgram(join(place, name)));
    if (folder !== undefined) return join(folder, name);
  }
  return undefined;
}
