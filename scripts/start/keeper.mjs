import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('keeperProcess.mjs', import.meta.url));

/** @typedef {{ signal: NodeJS.Signals, graceMs: number }} Ending How a group is asked to end, and how long it may take. */

/** @type {Map<number, Ending>} */
const kept = new Map();

/** @type {import('node:child_process').ChildProcess | undefined} */
let keeper;
let isLeaving = false;

/** @param {object} message */
function tell(message) {
  keeper?.stdin?.write(`${JSON.stringify(message)}\n`);
}

function startKeeper() {
  const child = spawn(process.execPath, [PROGRAM], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  keeper = child;
  child.unref();
  // The keeper must not keep this process alive, and its death must not end it.
  /** @type {import('node:net').Socket} */ (child.stdin).unref();
  child.stdin?.on('error', () => {});
  child.on('error', () => {});
  child.on('exit', () => {
    if (keeper !== child || isLeaving) return;
    keeper = undefined;
    if (kept.size > 0) startKeeper();
  });
  for (const [group, ending] of kept) tell({ add: group, ...ending });
}

process.on('exit', () => {
  isLeaving = true;
});

/**
 * From now on the process group ends when this process does, however this process ends.
 *
 * @param {number} group
 * @param {Ending} ending
 */
export function keepGroup(group, ending) {
  kept.set(group, ending);
  if (keeper) tell({ add: group, ...ending });
  else startKeeper();
}

/** The group has ended; its number may be given to someone else. @param {number} group */
export function dropGroup(group) {
  kept.delete(group);
  tell({ drop: group });
}

/** The groups under way, for a stop in a hurry. */
export function keptGroups() {
  return [...kept.keys()];
}

/** @param {number} group @param {NodeJS.Signals} signal */
export function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // It is gone already.
  }
}
