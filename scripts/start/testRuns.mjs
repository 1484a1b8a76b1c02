import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './folders.mjs';
import { serverNode } from './packages.mjs';
import { run } from './run.mjs';

const CHECKS_WITHIN_MS = 8 * 60_000;

/**
 * @typedef {object} Context
 * @property {Record<string, string | undefined>} env
 * @property {string} data
 * @property {import('./progress.mjs').Progress} progress
 * @property {import('./tally.mjs').Tally} tally
 */

/** @param {Context} context */
function toolsFirst({ env }) {
  return { ...env, PATH: [join(ROOT, 'node_modules/.bin'), env['PATH']].join(delimiter) };
}

/**
 * Format, lint, types, layers, dead code, words, sizes: one check each.
 *
 * @param {Context} context
 */
export async function runStaticChecks(context) {
  const { progress, tally } = context;
  let heard = 0;
  const onLine = (/** @type {string} */ line) => {
    const step = readStep(line);
    if (!step) return;
    heard += 1;
    tally.check(step.name, step.ok);
    progress.line(`${step.ok ? 'ok  ' : 'FAIL'} ${step.name}`);
    if (!step.ok) process.stdout.write(`${step.output}\n`);
  };
  const { code, tail } = await run(serverNode(), [join(ROOT, 'scripts/check.mjs'), '--static'], {
    cwd: ROOT,
    env: toolsFirst(context),
    timeoutMs: CHECKS_WITHIN_MS,
    onLine,
  });
  if (heard === 0 || code === -1) tally.crashed('checks', tail);
}

/** @param {string} line @returns {{ name: string, ok: boolean, output: string } | undefined} */
function readStep(line) {
  try {
    const step = JSON.parse(line);
    return typeof step?.name === 'string' ? step : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {number} withinMs
 * @param {Context} context
 */
export async function runTests(project, withinMs, context) {
  const { data, progress, tally } = context;
  const folder = join(data, 'reports');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${project}.json`);
  rmSync(file, { force: true });
  progress.line(`Tests: ${project} …`);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(
    serverNode(),
    [vitest, 'run', '--project', `${project}*`, '--passWithNoTests', ...reporters],
    {
      cwd: ROOT,
      env: { ...toolsFirst(context), NODE_ENV: 'test' },
      timeoutMs: withinMs,
      inherit: true,
    },
  );
  const report = readReport(file);
  if (report) tally.report(project, report, code);
  // With no test at all vitest may write no report and still be content.
  else if (code !== 0) tally.crashed(project, `vitest ended with code ${code} and left no report.`);
}

/** @param {string} file @returns {import('./tally.mjs').Report | undefined} */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The chaos run in its bounded form.
 *
 * @param {number} withinMs
 * @param {Context} context
 */
export async function runChaos(withinMs, context) {
  const program = join(ROOT, 'e2e/chaos/chaos.ts');
  if (!existsSync(program)) return;
  context.progress.line('Chaos, in small …');
  const { code } = await run(serverNode(), [program, '--small'], {
    cwd: ROOT,
    env: toolsFirst(context),
    timeoutMs: withinMs,
    inherit: true,
  });
  context.tally.check('chaos', code === 0);
}
