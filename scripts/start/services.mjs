import { join } from 'node:path';
import { cacheFolder, makePrivateFolder } from './folders.mjs';
import { planLivekit, provideLivekit } from './livekit.mjs';
import { provideMysql } from './mysql.mjs';
import { openPorts } from './ports.mjs';
import { openProviders } from './providers.mjs';
import { createSilence, describeFailure } from './progress.mjs';
import { provideRedis } from './redis.mjs';
import { openSecrets, writePrivateFile } from './secrets.mjs';
import { endOrphans } from './orphans.mjs';
import { planTurn, provideTurn } from './turn.mjs';

/** @typedef {'mysql' | 'redis' | 'livekit' | 'turn'} ServiceName */

/**
 * @typedef {object} ServiceContext
 * @property {string} data The data folder.
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./progress.mjs').Progress} progress
 * @property {import('./ports.mjs').Ports} ports
 * @property {(name: string) => string} secrets
 * @property {import('./providers.mjs').Providers} programs
 * @property {{ address: string }} media The address at which browsers reach calls.
 * @property {number | undefined} webhookPort Where LiveKit tells what happened; undefined for nowhere.
 * @property {import('./turn.mjs').TurnPlan | undefined} [turn]
 * @property {boolean} forTests
 * @property {boolean} isPassing
 */

/** @typedef {{ service: import('./supervise.mjs').Service, env: Record<string, string>, adminUrl?: string }} Provided */

/**
 * @typedef {object} ServiceOptions
 * @property {string} data The folder in which they keep what they have.
 * @property {readonly ServiceName[]} [only] Default: all that the environment does not name.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import('./progress.mjs').Progress} [log]
 * @property {{ address: string }} [media]
 * @property {number} [webhookPort]
 * @property {boolean} [forTests] The database account may make and drop schemas.
 * @property {boolean} [isPassing] What the database keeps ends with it, and lies in memory where there is room for it.
 * @property {boolean} [callsInBackground] Resolve before the media servers are there.
 * @property {import('./ports.mjs').Ports} [ports] Those of the data folder, where the caller has opened them already.
 */

/**
 * What the environment says already, by service: it is used and nothing is started for it.
 *
 * @type {Record<ServiceName, readonly string[]>}
 */
const NAMED_BY = {
  mysql: ['DATABASE_URL'],
  redis: ['REDIS_URL'],
  livekit: ['LIVEKIT_URL', 'LIVEKIT_URLS'],
  turn: ['TURN_URLS'],
};

/** @type {readonly ServiceName[]} */
const ALL = ['mysql', 'redis', 'livekit', 'turn'];

/**
 * Finds or provides what the server needs.
 *
 * Database and Redis are there when it resolves. LiveKit and TURN may still be on their way (`callsReady`): without
 * them people can write, and the server finds LiveKit at the address it was given as soon as it answers.
 *
 * @param {ServiceOptions} options
 */
export async function provideServices(options) {
  const { data, only = ALL, env = process.env, log = createSilence(), callsInBackground = false } = options;
  makePrivateFolder(data);
  await endOrphans(data, log);
  const context = openContext(options, { env, log });
  const crew = createCrew();
  const isWanted = (/** @type {ServiceName} */ name) =>
    only.includes(name) && !NAMED_BY[name].some((variable) => env[variable]);

  const calls = provideCalls(context, crew, isWanted);
  const callsReady = calls.then(({ ready }) => ready);
  // Looked at by the caller; until then its failure must not end the process.
  callsReady.catch(() => {});
  // Where they will be is known from here on.
  await calls;
  const needed = [
    isWanted('mysql') &&
      crew.add(
        'mysql',
        log.step('Starting the database', () => provideMysql(context)),
      ),
    isWanted('redis') &&
      crew.add(
        'redis',
        log.step('Starting Redis', () => provideRedis(context)),
      ),
    !callsInBackground && callsReady,
  ];
  await allOrStop(
    needed.filter((one) => one !== false),
    crew.stop,
  );
  // For the doctor, and for whoever wants to look into the database.
  writePrivateFile(join(data, 'services.json'), `${JSON.stringify(crew.given().env, null, 2)}\n`);
  return {
    ...crew.given(),
    /** Resolves when calls work; rejects with the reason why they cannot. */
    callsReady,
    pid: crew.pid,
    stop: crew.stop,
  };
}

/**
 * Says where the media servers will be, and begins to provide them.
 *
 * @param {ServiceContext} context
 * @param {ReturnType<typeof createCrew>} crew
 * @param {(name: ServiceName) => boolean} isWanted
 * @returns {Promise<{ ready: Promise<void> }>} In an object, because a bare promise would be waited for.
 */
async function provideCalls(context, crew, isWanted) {
  const livekit = isWanted('livekit') ? await planLivekit(context) : undefined;
  const turn = isWanted('turn') ? await planTurn(context) : undefined;
  crew.promise({ ...livekit?.env, ...turn?.env });
  context.turn = turn;

  const tellNoRelay = (/** @type {unknown} */ error) =>
    context.progress.line(`Calls will not be relayed: ${describeFailure(error)}`);
  const relay = turn && crew.add('turn', provideTurn(context, turn)).catch(tellNoRelay);
  const media = livekit && crew.add('livekit', provideLivekit(context, livekit));
  return { ready: Promise.all([relay, media]).then(() => {}) };
}

/**
 * @param {ServiceOptions} options
 * @param {{ env: NodeJS.ProcessEnv, log: import('./progress.mjs').Progress }} context
 * @returns {ServiceContext}
 */
function openContext({ data, media, webhookPort, ports, forTests = false, isPassing = false }, { env, log }) {
  return {
    data,
    env,
    progress: log,
    ports: ports ?? openPorts(data),
    secrets: openSecrets(data),
    programs: openProviders({ env, cache: cacheFolder(env), progress: log }),
    media: media ?? { address: '127.0.0.1' },
    webhookPort,
    forTests,
    isPassing,
  };
}

/** @param {readonly Promise<void>[]} promises @param {() => Promise<void>} stop */
async function allOrStop(promises, stop) {
  for (const outcome of await Promise.allSettled(promises)) {
    if (outcome.status === 'fulfilled') continue;
    await stop();
    throw outcome.reason;
  }
}

/** The services that run, and what they are reached by. */
function createCrew() {
  /** @type {Partial<Record<ServiceName, import('./supervise.mjs').Service>>} */
  const running = {};
  /** @type {Record<string, string>} */
  const env = {};
  /** @type {string | undefined} */
  let adminUrl;
  let isStopped = false;

  return {
    /** Where a service will be. @param {Record<string, string>} where */
    promise: (where) => void Object.assign(env, where),
    /** @param {ServiceName} name @param {Promise<Provided>} providing */
    async add(name, providing) {
      const result = await providing;
      running[name] = result.service;
      Object.assign(env, result.env);
      adminUrl = result.adminUrl ?? adminUrl;
      if (isStopped) await result.service.stop();
    },
    given: () => ({
      /** The variables that name the services, beside those that the environment named already. */
      env,
      /** The database without a schema, for those that make their own; undefined where the environment names it. */
      adminUrl,
    }),
    /** The process of a service that was started here. @param {ServiceName} name */
    pid: (name) => running[name]?.pid(),
    async stop() {
      isStopped = true;
      for (const name of /** @type {const} */ (['livekit', 'turn', 'redis', 'mysql'])) await running[name]?.stop();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof provideServices>>} Services */
