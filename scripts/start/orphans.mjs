import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from './folders.mjs';
import { signalGroup } from './keeper.mjs';
import { startOf } from './lock.mjs';
import { writePrivateFile } from './secrets.mjs';
import { waitUntil } from './waiting.mjs';

/**
 * Who killed both the supervisor and its keeper (`killall -9 node`) has left the services running, and the next start
 * could not open their files. So each is written down with its parent, and ended at the next start if that is gone.
 *
 * @typedef {{ pid: number, startedAt: string | undefined, parent: { pid: number, startedAt: string | undefined } }} Child
 */
const END_WITHIN_MS = 30_000;

/** @param {string} data */
function folderIn(data) {
  return makePrivateFolder(join(data, 'running'));
}

/**
 * @param {string} data
 * @param {string} name
 * @param {Pick<Child, 'pid'> & Partial<Child>} child Of this process, unless it says another parent.
 */
export function rememberChild(data, name, { pid, parent = { pid: process.pid, startedAt: startOf(process.pid) } }) {
  /** @type {Child} */
  const child = { pid, startedAt: startOf(pid), parent };
  writePrivateFile(join(folderIn(data), `${name}.json`), JSON.stringify(child));
}

/** @param {string} data @param {string} name */
export function forgetChild(data, name) {
  rmSync(join(folderIn(data), `${name}.json`), { force: true });
}

/**
 * @param {string} data
 * @param {import('./progress.mjs').Progress} progress
 */
export async function endOrphans(data, progress) {
  const folder = folderIn(data);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const path = join(folder, file);
    const child = read(path);
    if (child && child.parent.startedAt === startOf(child.parent.pid)) continue;
    if (child?.startedAt !== undefined && startOf(child.pid) === child.startedAt) {
      progress.line(`Ending ${file.slice(0, -5)}, left over from an earlier start (process ${child.pid}).`);
      signalGroup(child.pid, 'SIGTERM');
      const isGone = () => startOf(child.pid) !== child.startedAt;
      if (!(await waitUntil(isGone, { withinMs: END_WITHIN_MS }))) signalGroup(child.pid, 'SIGKILL');
      await waitUntil(isGone, { withinMs: 5000 });
    }
    rmSync(path, { force: true });
  }
}

/** @param {string} path @returns {Child | undefined} */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
