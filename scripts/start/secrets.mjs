import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './progress.mjs';

/**
 * Writes a file that only its owner may read, whole or not at all.
 *
 * @param {string} path
 * @param {string} content
 */
export function writePrivateFile(path, content) {
  const half = `${path}.${process.pid}.new`;
  writeFileSync(half, content, { mode: 0o600 });
  chmodSync(half, 0o600);
  renameSync(half, path);
}

/**
 * Passwords and keys that this data folder made up for itself, in `secrets.json` (0600). They stay: the database knows
 * its password from the first start on.
 *
 * @param {string} data
 */
export function openSecrets(data) {
  const file = join(data, 'secrets.json');
  /** @type {Record<string, string>} */
  let secrets = {};
  try {
    secrets = JSON.parse(readFileSync(file, 'utf8'));
    chmodSync(file, 0o600);
  } catch (error) {
    // A lost password locks out of the data, so an unreadable file is never replaced by a new one.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') {
      throw new Failure(
        `The passwords in ${file} cannot be read.`,
        'Put the file back from a backup and see that it belongs to you.',
      );
    }
  }
  /** @param {string} name @returns {string} 43 characters of A-Z a-z 0-9 - _ */
  return (name) => {
    const known = secrets[name];
    if (known !== undefined) return known;
    const made = randomBytes(32).toString('base64url');
    secrets[name] = made;
    writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
    return made;
  };
}
