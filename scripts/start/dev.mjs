import { join } from 'node:path';
import { ROOT } from './folders.mjs';
import { serverNode } from './packages.mjs';
import { answers } from './ports.mjs';
import { lastWords, run } from './run.mjs';
import { startServer } from './server.mjs';
import { keepRunning } from './supervise.mjs';

const VITE_PORT = 5173;
/** Seeding is one person writing thousands of messages; nobody else reaches this server. */
const GENEROUS_LIMITS = {
  send: 100_000,
  change: 100_000,
  read: 100_000,
  createChat: 1000,
  signUpTriesPerAddress: 1000,
  signUpPerAddress: 1000,
  signInPerAddress: 1000,
};

/**
 * The server, restarted when its files change; before it Vite, which replaces parts of the page while it is open; and
 * the seeded story.
 *
 * @param {object} options
 * @param {Record<string, string | undefined>} options.env
 * @param {string} options.data
 * @param {Awaited<ReturnType<typeof import('./server.mjs').choosePlace>>} options.place
 * @param {import('./ports.mjs').Ports} options.ports
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {(() => Promise<void>)[]} options.undo
 * @returns {Promise<string>} The address to open.
 */
export async function startDev({ env, data, place, ports, progress, undo }) {
  const port = await ports.claim('vite', { preferred: VITE_PORT });
  const names = ['localhost', '127.0.0.1'];
  const origins = names.flatMap((name) => [`http://${name}:${port}`, `http://${name}:${place.port}`]);
  const server = await startServer({
    env: { LIMITS: JSON.stringify(GENEROUS_LIMITS), PUBLIC_ORIGINS: origins.join(','), ...env },
    data,
    place,
    isWatching: true,
    progress,
  });
  undo.push(server.stop);

  const vite = await keepRunning(
    {
      name: 'Vite',
      command: serverNode(),
      args: [join(ROOT, 'scripts/start/viteDev.mjs'), String(port), String(place.port)],
      cwd: ROOT,
      env: { ...env, NODE_ENV: 'development' },
      isReady: () => answers(port),
      readyWithinMs: 60_000,
      stopWithinMs: 3000,
    },
    { data, progress },
  );
  undo.push(vite.stop);

  void tellStory({ env, url: `http://127.0.0.1:${place.port}`, progress });
  return `http://localhost:${port}`;
}

/**
 * While it is told one can look on.
 *
 * @param {{ env: Record<string, string | undefined>, url: string, progress: import('./progress.mjs').Progress }} options
 */
async function tellStory({ env, url, progress }) {
  const { code, tail } = await run(serverNode(), [join(ROOT, 'scripts/seed.ts')], {
    cwd: ROOT,
    env: { ...env, SEED_URL: url },
    onLine: (line) => progress.line(line),
  });
  if (code !== 0) progress.line(`The story could not be told: ${lastWords(tail)}`);
}
