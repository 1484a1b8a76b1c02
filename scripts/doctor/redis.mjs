import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/folders.mjs';
import { bad, fine, reasonOf, unknown } from './report.mjs';

const load = createRequire(join(ROOT, 'server', 'package.json'));
/** Streams with the commands that the servers talk to each other by came with this one. */
const OLDEST_MAJOR = 6;

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
export async function lookAtRedis(env) {
  const url = env['REDIS_URL'];
  if (!url) return [unknown('Redis: none is named.', 'Set REDIS_URL, or start Dialog by npm start.')];
  /** @type {typeof import('ioredis')} */
  const { Redis } = load('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let why = '';
  redis.on('error', (error) => {
    why = reasonOf(error);
  });
  try {
    await redis.connect();
    const info = await redis.info();
    return examine(info);
  } catch (error) {
    return [
      bad(`Redis: ${why || reasonOf(error)}.`, 'See that it runs and that password and port in REDIS_URL are right.'),
    ];
  } finally {
    redis.disconnect();
  }
}

/** @param {string} info */
function examine(info) {
  const read = (/** @type {string} */ name) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const version = read('redis_version');
  const findings = [
    Number.parseInt(version, 10) >= OLDEST_MAJOR
      ? fine(`Redis: version ${version}.`)
      : bad(`Redis: version ${version} is too old.`, `Version ${OLDEST_MAJOR} is the oldest that has what is needed.`),
  ];
  if (read('maxmemory') === '0') {
    findings.push(
      bad(
        'Redis: its memory has no bound.',
        'Set maxmemory (256mb is plenty) and maxmemory-policy volatile-ttl in its settings.',
      ),
    );
  } else if (read('maxmemory_policy').startsWith('allkeys')) {
    findings.push(
      bad(
        `Redis: at its bound it throws out anything (${read('maxmemory_policy')}).`,
        'Set maxmemory-policy volatile-ttl.',
      ),
    );
  } else findings.push(fine(`Redis: its memory is bound to ${read('maxmemory_human')}.`));
  return findings;
}
