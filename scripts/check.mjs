/**
 * Everything the code is held to. `npm run check` runs all of it; `--fast` is the pre-commit hook: what a change can break,
 * in under 20 seconds (with `--staged`, of the staged files alone); `--static` is what needs no services, one JSON line
 * `{name, ok, ms, output}` per step. Exits with 1 when a step failed.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join, resolve } from 'node:path';
import { changedFiles } from './house/changes.mjs';
import { BUILD_STEPS, fastSteps, staticSteps } from './house/steps.mjs';

const root = resolve(import.meta.dirname, '..');
const flags = new Set(process.argv.slice(2));

/** The pinned Node and tools before the system's; without what git says of the commit that the hook runs for. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  PATH: [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
};

/** A step that takes longer hangs. */
const STEP_WITHIN_MS = 180_000;

/** @returns `{name, ok, ms, output}`; a program that cannot be started, or hangs, is a failure like any other */
function runStep({ name, command, withinMs = STEP_WITHIN_MS }) {
  const startedAt = performance.now();
  return new Promise((done) => {
    const output = [];
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const stopAll = () => {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    };
    const tooLate = setTimeout(() => {
      output.push(Buffer.from(`\nstopped after ${withinMs / 1000} s`));
      stopAll();
    }, withinMs);
    process.once('exit', stopAll);
    const finish = (ok) => {
      clearTimeout(tooLate);
      process.off('exit', stopAll);
      const ms = Math.round(performance.now() - startedAt);
      done({ name, ok, ms, output: Buffer.concat(output).toString().trim() });
    };
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => {
      output.push(Buffer.from(error.message));
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

function show({ name, ok, ms, output }) {
  if (flags.has('--static')) {
    process.stdout.write(`${JSON.stringify({ name, ok, ms, output })}\n`);
    return;
  }
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(14)} ${(ms / 1000).toFixed(1)} s\n`);
  if (!ok) process.stdout.write(`${output}\n\n`);
}

/** In their order, so many at a time; each is shown when it is done. */
async function runSteps(steps, atOnce) {
  const waiting = [...steps];
  let isFine = true;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      show(result);
      isFine &&= result.ok;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return isFine;
}

/** The tests with their services; scripts/test.mjs knows how to provide them. */
function runTests() {
  return new Promise((done) => {
    const given = [join(root, 'scripts/test.mjs'), '--no-static'];
    const child = spawn(process.execPath, given, { cwd: root, env, stdio: 'inherit' });
    child.on('close', (code) => done(code === 0));
  });
}

async function check() {
  if (flags.has('--fast')) return runSteps(fastSteps(root, changedFiles(root, { staged: flags.has('--staged') })), 2);
  const stands = await runSteps(staticSteps(root), 2);
  const isFine = (await runSteps(BUILD_STEPS, 1)) && stands;
  if (flags.has('--static')) return isFine;
  return (await runTests()) && isFine;
}

// A group of its own does not hear Ctrl-C; `exit` ends it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

process.exitCode = (await check()) ? 0 : 1;
