import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from './secrets.mjs';

/**
 * @typedef {object} Holder
 * @property {number} pid
 * @property {string} startedAt When the process started, as the system tells it: numbers of processes are given again.
 * @property {string} [address] Where it runs, once it does.
 */

/**
 * What tells this process from a later one with the same number; undefined where there is none.
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  try {
    const fields = statOf(pid);
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return startByPs(pid);
  }
}

/**
 * What /proc says of a process from the third field on: the second is its name in brackets and may hold anything.
 *
 * @param {number} pid
 */
function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** @param {number} pid @returns {number | undefined} Undefined where the system has no /proc. */
export function parentOf(pid) {
  try {
    return Number(statOf(pid)[1]);
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function startByPs(pid) {
  if (process.platform === 'linux') return undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file @returns {Holder | undefined} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {Holder} holder */
function isAlive(holder) {
  return startOf(holder.pid) === holder.startedAt;
}

/**
 * Who holds a folder now, without taking it.
 *
 * @param {string} folder
 */
export function lockHolder(folder) {
  const holder = read(join(folder, 'lock'));
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * One at a time in a folder. The file names its holder, so a lock whose holder died is taken over.
 *
 * @param {string} folder
 * @param {string} [name]
 * @returns {{ heldBy: Holder } | { heldBy: undefined, wasStale: boolean, tell(address: string): void, release(): void }}
 */
export function takeLock(folder, name = 'lock') {
  const file = join(folder, name);
  const mine = { pid: process.pid, startedAt: startOf(process.pid) ?? '' };
  const draft = `${file}.${process.pid}`;
  writePrivateFile(draft, JSON.stringify(mine));
  let wasStale = false;
  try {
    // A link either makes the whole file or fails: there is no moment in which a lock is empty.
    for (;;) {
      const other = tryLink(draft, file);
      if (other === 'taken') break;
      if (other && isAlive(other)) return { heldBy: other };
      wasStale = true;
      clearStale(file, `${draft}.stale`);
    }
  } finally {
    unlinkSync(draft);
  }
  return {
    heldBy: undefined,
    wasStale,
    tell: (address) => writePrivateFile(file, JSON.stringify({ ...mine, address })),
    release: () => {
      if (read(file)?.pid === process.pid) unlinkSync(file);
    },
  };
}

/** @param {string} draft @param {string} file @returns {Holder | 'taken' | undefined} 'taken' when it is ours now. */
function tryLink(draft, file) {
  try {
    linkSync(draft, file);
    return 'taken';
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return read(file);
  }
}

/**
 * Of two that find the same stale lock, one moves it away. What was moved is looked at again: in between, the other may
 * have made it fresh, and then it is put back.
 *
 * @param {string} file
 * @param {string} aside
 */
function clearStale(file, aside) {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  try {
    if (moved && isAlive(moved)) linkSync(aside, file);
  } catch {
    // A third one holds it by now; the next look will say so.
  }
  unlinkSync(aside);
}
