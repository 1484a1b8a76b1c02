import { join } from 'node:path';
import { ROOT, cacheFolder, makePrivateFolder } from './folders.mjs';
import { takeLock } from './lock.mjs';
import { installNodePackages, serverNode } from './packages.mjs';
import { Failure } from './progress.mjs';
import { lastWords, run } from './run.mjs';
import { sleep } from './waiting.mjs';
import { buildWeb } from './webBuild.mjs';

/** @typedef {{ env: NodeJS.ProcessEnv, progress: import('./progress.mjs').Progress }} Context */

/**
 * Brings the checkout level: packages, and the web app where it is served built. Two starts with different data
 * folders share one checkout, so they take turns.
 *
 * @param {Context & { withWeb: boolean, onWebFailure?: (error: unknown) => void }} context Without `onWebFailure` a web
 *   app that cannot be built is a failure of all.
 */
export async function prepareCheckout(context) {
  const release = await waitForTurn(context);
  try {
    await installNodePackages(context);
    if (context.withWeb) await buildWeb(context).catch(context.onWebFailure);
  } finally {
    release();
  }
}

/** @param {Context} context */
async function waitForTurn({ progress }) {
  const folder = makePrivateFolder(join(ROOT, '.dialog'));
  for (let isTold = false; ; isTold = true) {
    const lock = takeLock(folder, 'checkout.lock');
    if (lock.heldBy === undefined) return lock.release;
    if (!isTold)
      progress.line(`Another start (process ${lock.heldBy.pid}) is installing or building here; waiting for it.`);
    await sleep(300);
  }
}

/**
 * @param {Record<string, string | undefined>} env With DATABASE_URL.
 * @param {import('./progress.mjs').Progress} progress
 */
export async function migrate(env, progress) {
  const { code, tail } = await run(serverNode(), [join(ROOT, 'scripts/migrate.ts')], {
    cwd: ROOT,
    env: { ...env, NODE_COMPILE_CACHE: join(cacheFolder(env), 'code') },
    onLine: (line) => progress.line(line),
  });
  if (code !== 0)
    throw new Failure(
      `The database could not be brought to this version: ${lastWords(tail)}.`,
      'Nothing was lost: a step that was cut short is made again at the next start.',
    );
}
