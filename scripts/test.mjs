// Everything Dialog is held to, in one step: "npm test". Gets what it needs like "npm start" does, in a data folder of
// its own, and ends with "N passed, N failed".
import { join } from 'node:path';
import { ROOT, cacheFolder, dataFolder } from './start/folders.mjs';
import { takeLock } from './start/lock.mjs';
import { prepareCheckout } from './start/prepare.mjs';
import { Failure, createProgress, describeFailure } from './start/progress.mjs';
import { openProviders } from './start/providers.mjs';
import { provideServices } from './start/services.mjs';
import { stopWhenAsked } from './start/stopping.mjs';
import { createTally } from './start/tally.mjs';
import { runChaos, runStaticChecks, runTests } from './start/testRuns.mjs';

const MINUTE_MS = 60_000;
/** What a test is given in place of the services that the environment names: those may hold somebody's messages. */
const NEVER_OURS = new Set(['DATABASE_URL', 'REDIS_URL', 'LIVEKIT_URL', 'LIVEKIT_URLS', 'TURN_URLS']);

const progress = createProgress();
const tally = createTally((text) => void process.stdout.write(`${text}\n`));
/** @type {(() => Promise<void>)[]} The last one first. */
const undo = [];

async function undoAll() {
  for (const step of undo.splice(0).toReversed()) await step();
}

/** @param {string} data */
function lockOrRefuse(data) {
  const lock = takeLock(data);
  if (lock.heldBy !== undefined) {
    throw new Failure(
      `The tests already run on ${data} (process ${lock.heldBy.pid}).`,
      'Wait for them, or name another folder by DIALOG_DATA.',
    );
  }
  undo.push(async () => lock.release());
}

/** @param {NodeJS.ProcessEnv} env @param {string} data */
async function startServices(env, data) {
  /** @type {import('./start/services.mjs').ServiceName[]} */
  const only = [];
  if (!env['TEST_DATABASE_URL']) only.push('mysql');
  if (!env['TEST_REDIS_URL']) only.push('redis');
  if (!env['TEST_LIVEKIT_URL']) only.push('livekit');
  const services = await provideServices({
    ...{ data, env, only, log: progress, callsInBackground: true },
    // On a disk most of a test's start is the making of its tables: 3 s, in memory 0.2 s.
    ...{ forTests: true, isPassing: true },
  });
  undo.push(services.stop);
  return services;
}

/** @param {import('./start/providers.mjs').Providers} providers @param {'chromium' | 'firefox'} name */
async function browser(providers, name) {
  try {
    return await providers.need(name);
  } catch (error) {
    tally.crashed(name, describeFailure(error));
    return undefined;
  }
}

/** @param {NodeJS.ProcessEnv} env */
async function browsers(env) {
  const providers = openProviders({ env, cache: cacheFolder(env), progress });
  const chromium = env['TEST_CHROMIUM'] || (await browser(providers, 'chromium'));
  const firefox = env['TEST_FIREFOX'] || (await browser(providers, 'firefox'));
  // For what needs no whole browser (e2e/support/world.ts). Where there is none, the whole one does it all.
  const shell = env['TEST_CHROMIUM_SHELL'] || (await providers.need('chromiumShell').catch(() => chromium));
  return { TEST_CHROMIUM: chromium, TEST_CHROMIUM_SHELL: shell, TEST_FIREFOX: firefox };
}

/** @param {Awaited<ReturnType<typeof provideServices>>} services @param {NodeJS.ProcessEnv} env */
function testEnv({ env: made, adminUrl }, env) {
  return {
    TEST_DATABASE_URL: adminUrl,
    TEST_REDIS_URL: made['REDIS_URL'],
    TEST_LIVEKIT_URL: made['LIVEKIT_URL'],
    TEST_LIVEKIT_KEY: made['LIVEKIT_API_KEY'],
    TEST_LIVEKIT_SECRET: made['LIVEKIT_API_SECRET'],
    ...Object.fromEntries(Object.entries(env).filter(([name, value]) => name.startsWith('TEST_') && value)),
  };
}

async function test() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NEVER_OURS.has(name)));
  const data = dataFolder(env, join(ROOT, '.dialog', 'test'));
  lockOrRefuse(data);
  // One package manager at a time: the browsers come after what the services need.
  const settingUp = startServices(env, data).then(async (services) => ({ services, found: await browsers(env) }));
  const onWebFailure = (/** @type {unknown} */ error) => tally.crashed('web build', describeFailure(error));
  const [setUp] = await Promise.all([settingUp, prepareCheckout({ env, progress, withWeb: true, onWebFailure })]);
  const { services, found } = setUp;

  const context = { env: { ...env, ...testEnv(services, env), ...found }, data, progress, tally };
  // What needs no LiveKit runs while it may still be being built.
  if (!process.argv.includes('--no-static')) await runStaticChecks(context);
  await runTests('unit', 6 * MINUTE_MS, context);
  await services.callsReady.catch((error) => tally.crashed('LiveKit', describeFailure(error)));
  await runTests('integration', 12 * MINUTE_MS, context);
  await runTests('e2e', 32 * MINUTE_MS, context);
  await runChaos(6 * MINUTE_MS, context);
}

/** @param {unknown} [error] */
async function finish(error) {
  if (error !== undefined) tally.crashed('npm test', describeFailure(error));
  try {
    await undoAll();
  } catch (problem) {
    tally.crashed('stopping', describeFailure(problem));
  }
  process.exitCode = tally.close() ? 0 : 1;
  process.exit();
}

process.on('uncaughtException', (error) => void finish(error));
stopWhenAsked(async () => {
  await undoAll();
  tally.crashed('npm test', 'It was interrupted.');
  tally.close();
  throw new Error('interrupted');
});
test().then(() => finish(), finish);
