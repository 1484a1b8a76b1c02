import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { dropGroup, keepGroup, signalGroup } from './keeper.mjs';

const TAIL_LINES = 60;
const TELLING = /error|^E: |fatal|cannot|could not|failed|denied|refused|in use/i;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [input] What it reads from standard input.
 * @property {number} [timeoutMs] After that it is killed.
 * @property {number} [niceness] 10 leaves the processor to others.
 * @property {boolean} [inherit] Its output goes to ours instead of the tail.
 * @property {(line: string) => void} [onLine]
 * @property {import('./keeper.mjs').Ending} [ending]
 */

/**
 * Runs a program to its end in a process group of its own, which dies with this process.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, tail: string }>} `code` is -1 where it could not be started or was killed; `tail` are its last lines.
 */
export function run(command, args, options = {}) {
  const { cwd, env = process.env, input, timeoutMs, inherit = false, onLine } = options;
  return new Promise((resolve) => {
    const output = inherit ? 'inherit' : 'pipe';
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', output, output],
    });
    /** @type {string[]} */
    const tail = [];
    const hear = (/** @type {string} */ line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', hear);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL'), timeoutMs);
    const pid = child.pid;
    if (pid !== undefined) settle(pid, options);
    child.stdin?.on('error', () => {});
    if (input !== undefined) child.stdin?.end(input);

    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: -1, tail: error.message });
    });
    // What it started must not outlive it, nor hold its output open.
    child.on('exit', () => {
      if (pid === undefined) return;
      signalGroup(pid, 'SIGKILL');
      dropGroup(pid);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, tail: tail.join('\n') });
    });
  });
}

/** @param {number} pid @param {RunOptions} options */
function settle(pid, { ending = { signal: 'SIGTERM', graceMs: 3000 }, niceness }) {
  keepGroup(pid, ending);
  if (niceness === undefined) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended already, or the system does not allow it; it is only a courtesy.
  }
}

/**
 * The first line that tells of an error, else the last line, for a one-sentence failure.
 *
 * @param {string} tail
 */
export function lastWords(tail) {
  const lines = tail.split('\n').map((line) => line.trim());
  const telling = lines.find((line) => TELLING.test(line) && !/\bwarn(ing)?\b|errors: \[|during build/i.test(line));
  return (telling ?? lines.findLast(Boolean) ?? 'it said nothing').replace(/[.:]$/, '').slice(0, 300);
}
