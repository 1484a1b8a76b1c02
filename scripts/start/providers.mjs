import { findProgram } from './programs.mjs';
import { provideLivekitProgram } from './livekitProgram.mjs';
import { LIVEKIT_PROGRAMS } from './livekit.mjs';
import { MYSQL_PROGRAMS } from './mysql.mjs';
import { Failure } from './progress.mjs';
import { REDIS_PROGRAMS } from './redis.mjs';
import { installPackages } from './systemPackages.mjs';
import { TURN_PROGRAMS } from './turn.mjs';

/** Those who ask within this time share one run of the package manager. */
const GATHER_MS = 60;

/** @typedef {'mysql' | 'redis' | 'livekit' | 'turn' | 'chromium' | 'chromiumShell' | 'firefox'} ProgramName */

/**
 * What each program is called, and what brings it: apt packages, one choice after the other. Only the servers
 * themselves are asked for where they come without a system service around them.
 *
 * @type {Record<ProgramName, { names: readonly string[], apt: readonly string[], brew: string, variable: string, title: string }>}
 */
const PROGRAMS = {
  mysql: {
    names: MYSQL_PROGRAMS,
    apt: ['mariadb-server-core mariadb-client-core', 'mariadb-server'],
    brew: 'mariadb',
    variable: 'DATABASE_URL',
    title: 'MariaDB',
  },
  redis: { names: REDIS_PROGRAMS, apt: ['redis-server'], brew: 'redis', variable: 'REDIS_URL', title: 'Redis' },
  turn: { names: TURN_PROGRAMS, apt: ['coturn'], brew: 'coturn', variable: 'TURN_URLS', title: 'coturn' },
  livekit: { names: LIVEKIT_PROGRAMS, apt: [], brew: 'livekit', variable: 'LIVEKIT_URL', title: 'LiveKit' },
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    apt: ['chromium'],
    brew: 'chromium',
    variable: 'TEST_CHROMIUM',
    title: 'Chromium',
  },
  chromiumShell: {
    names: ['chromium-headless-shell'],
    apt: ['chromium-headless-shell'],
    brew: '',
    variable: 'TEST_CHROMIUM_SHELL',
    title: 'Chromium without windows',
  },
  firefox: {
    names: ['firefox-esr', 'firefox'],
    apt: ['firefox-esr', 'firefox'],
    brew: 'firefox',
    variable: 'TEST_FIREFOX',
    title: 'Firefox',
  },
};

/**
 * Finds programs, and gets those that are missing.
 *
 * @param {{ env: NodeJS.ProcessEnv, cache: string, progress: import('./progress.mjs').Progress, find?: typeof findProgram, install?: typeof installPackages }} context
 */
export function openProviders({ env, cache, progress, find = findProgram, install = installPackages }) {
  /** @type {Set<ProgramName>} */
  let wanted = new Set();
  /** @type {Promise<string>| undefined} */
  let gathering;

  const get = (/** @type {ProgramName} */ name) => find(PROGRAMS[name].names, { env });

  /** @param {ProgramName} name @returns {Promise<string>} Why the program is still missing, if it is. */
  const fetchOne = (name) => {
    wanted.add(name);
    gathering ??= new Promise((resolve) => {
      setTimeout(() => {
        const batch = [...wanted].map((one) => PROGRAMS[one]);
        wanted = new Set();
        gathering = undefined;
        resolve(install(batch, { env, progress }));
      }, GATHER_MS);
    });
    return gathering;
  };

  return {
    /**
     * @param {ProgramName} name
     * @returns {Promise<string>} Its path.
     * @throws {Failure} It is not here and cannot be got.
     */
    async need(name) {
      const found = get(name);
      if (found) return found;
      if (name === 'livekit') return provideLivekitProgram({ env, cache, progress, find });
      const why = await fetchOne(name);
      const fetched = get(name);
      if (fetched) return fetched;
      const { title, apt, variable } = PROGRAMS[name];
      throw new Failure(
        `${title} is not on this machine and could not be installed: ${why || 'the package brought no program'}.`,
        `Install it (on Debian: apt-get install ${apt[0]}), or name a running one by ${variable}.`,
      );
    },
  };
}

/** @typedef {ReturnType<typeof openProviders>} Providers */
