import { connect } from 'node:net';
import { join } from 'node:path';
import { makePrivateFolder } from './folders.mjs';
import { writePrivateFile } from './secrets.mjs';
import { keepRunning } from './supervise.mjs';

export const REDIS_PROGRAMS = ['redis-server', 'valkey-server'];

/**
 * A Redis or Valkey of our own. Nothing in it has to last (DESIGN section 3), so it writes nothing to the disk; its
 * memory has a bound, and only what has a deadline anyway is thrown out at it.
 *
 * @param {import('./services.mjs').ServiceContext} context
 * @returns {Promise<import('./services.mjs').Provided>}
 */
export async function provideRedis(context) {
  const { data, secrets, programs, ports } = context;
  const command = await programs.need('redis');
  const port = await ports.claim('redis');
  const password = secrets('redisPassword');
  const settings = join(data, 'redis.conf');
  writePrivateFile(
    settings,
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `dir ${makePrivateFolder(join(data, 'redis'))}`,
      `requirepass ${password}`,
      'save ""',
      'appendonly no',
      'maxmemory 256mb',
      'maxmemory-policy volatile-ttl',
      'daemonize no',
      '',
    ].join('\n'),
  );
  const service = await keepRunning(
    {
      name: 'Redis',
      command,
      args: [settings],
      isReady: () => isAnswering(port, password),
      readyWithinMs: 15_000,
      stopWithinMs: 5000,
    },
    context,
  );
  return { service, env: { REDIS_URL: `redis://:${password}@127.0.0.1:${port}` } };
}

/** @param {number} port @param {string} password @returns {Promise<boolean>} */
function isAnswering(port, password) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = '';
    const settle = (/** @type {boolean} */ isReady) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += String(chunk);
      if (answer.includes('+PONG')) settle(true);
    });
  });
}
