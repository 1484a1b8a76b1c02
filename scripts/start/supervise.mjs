import { spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { dropGroup, keepGroup, signalGroup } from './keeper.mjs';
import { forgetChild, rememberChild } from './orphans.mjs';
import { Failure } from './progress.mjs';
import { lastWords } from './run.mjs';
import { sleep, waitUntil } from './waiting.mjs';

const LOG_MAX_BYTES = 20 * 1024 * 1024;
const LOG_LOOK_EVERY_MS = 30_000;
const BACK_OFF_FIRST_MS = 250;
const BACK_OFF_LAST_MS = 10_000;
/** One that ran this long was well; its next death is waited for from the beginning. */
const WELL_AFTER_MS = 30_000;

/**
 * @typedef {object} ServiceSpec
 * @property {string} name For its log and for people.
 * @property {string} command
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {() => Promise<boolean>} isReady
 * @property {number} readyWithinMs
 * @property {NodeJS.Signals} [stopSignal]
 * @property {number} [stopWithinMs] After that it is killed.
 * @property {() => void} [onRestarted] It is ready again after it had died.
 */

/**
 * @typedef {object} Service
 * @property {string} name
 * @property {string} logFile
 * @property {() => number | undefined} pid Of the process now running.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a service, resolves when it is ready, and starts it again whenever it dies, until it is stopped.
 *
 * @param {ServiceSpec} spec
 * @param {{ data: string, progress: import('./progress.mjs').Progress }} context
 * @returns {Promise<Service>}
 * @throws {Failure} It ended or was not ready in time at its first start; nothing of it is left then.
 */
export async function keepRunning(spec, { data, progress }) {
  const { name, stopSignal = 'SIGTERM', stopWithinMs = 10_000 } = spec;
  const logFile = openLogFolder(data, name);
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let isStopping = false;
  let hasBeenReady = false;
  let backOffMs = BACK_OFF_FIRST_MS;
  const rotation = setInterval(() => rotate(logFile), LOG_LOOK_EVERY_MS);
  rotation.unref();

  const start = () => {
    rotate(logFile);
    const log = openSync(logFile, 'a', 0o600);
    const started = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child = started;
    const startedAt = Date.now();
    if (started.pid !== undefined) {
      keepGroup(started.pid, { signal: stopSignal, graceMs: stopWithinMs });
      rememberChild(data, name, { pid: started.pid });
    }
    let isOver = false;
    const onEnd = (/** @type {string} */ how) => {
      if (isOver) return;
      isOver = true;
      if (started.pid !== undefined) {
        signalGroup(started.pid, 'SIGKILL');
        dropGroup(started.pid);
        forgetChild(data, name);
      }
      child = undefined;
      if (Date.now() - startedAt > WELL_AFTER_MS) backOffMs = BACK_OFF_FIRST_MS;
      if (hasBeenReady && !isStopping) void restart(how);
    };
    started.on('error', (error) => onEnd(error.message));
    started.on('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  };

  const restart = async (/** @type {string} */ how) => {
    progress.line(`${name} ended (${how}); starting it again in ${backOffMs / 1000} s. Its log: ${logFile}`);
    await sleep(backOffMs);
    backOffMs = Math.min(backOffMs * 2, BACK_OFF_LAST_MS);
    if (isStopping) return;
    start();
    if (await isUp()) {
      progress.line(`${name} runs again.`);
      spec.onRestarted?.();
    }
  };

  const isUp = () => {
    const watched = child;
    return waitUntil(async () => child !== watched || (await spec.isReady()), { withinMs: spec.readyWithinMs }).then(
      (isReady) => isReady && child === watched && child !== undefined,
    );
  };

  const stop = async () => {
    isStopping = true;
    clearInterval(rotation);
    const pid = child?.pid;
    if (pid === undefined) return;
    signalGroup(pid, stopSignal);
    if (await waitUntil(() => child === undefined, { withinMs: stopWithinMs, everyMs: 20 })) return;
    signalGroup(pid, 'SIGKILL');
    await waitUntil(() => child === undefined, { withinMs: 5000, everyMs: 20 });
  };

  const logFrom = existsSync(logFile) ? statSync(logFile).size : 0;
  start();
  if (!(await isUp())) {
    await stop();
    throw new Failure(`${name} did not start: ${wordsSince(logFile, logFrom)}.`, `Its log is ${logFile}.`);
  }
  hasBeenReady = true;
  return { name, logFile, pid: () => child?.pid, stop };
}

/** @param {string} data @param {string} name */
function openLogFolder(data, name) {
  const folder = join(data, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.log`);
}

/** The child appends, so the file can be emptied under it; one older file is kept. @param {string} file */
function rotate(file) {
  try {
    if (statSync(file).size < LOG_MAX_BYTES) return;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  } catch {
    // There is none yet.
  }
}

/** @param {string} file @param {number} from */
function wordsSince(file, from) {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size <= from) return 'it said nothing';
  return lastWords(readFileSync(file, 'utf8').slice(-4000));
}
