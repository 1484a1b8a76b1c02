import { join } from 'node:path';
import { ROOT, cacheFolder } from './folders.mjs';
import { lanAddress, provideCertificate } from './lan.mjs';
import { serverNode } from './packages.mjs';
import { isPortFree } from './ports.mjs';
import { Failure } from './progress.mjs';
import { SERVER_ARGUMENTS } from './serverArguments.mjs';
import { keepRunning } from './supervise.mjs';

const READY_WITHIN_MS = 60_000;
const DEFAULT_PORT = 3000;
const DEFAULT_TLS_PORT = 3443;

/** @typedef {{ port: number, address: string, openAt: string[], env: Record<string, string> }} Place Where the server is reached. */

/**
 * @param {{ env: NodeJS.ProcessEnv, data: string, ports: import('./ports.mjs').Ports, isLan: boolean }} options
 * @returns {Promise<Place & { tls: boolean }>}
 */
export async function choosePlace({ env, ports, isLan }) {
  const port = await choosePort('PORT', DEFAULT_PORT, { env, ports });
  const local = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  if (!isLan) {
    return {
      port,
      address: '127.0.0.1',
      openAt: [`http://localhost:${port}`],
      env: { PORT: String(port) },
      tls: false,
    };
  }
  const address = lanAddress();
  const tlsPort = await choosePort('TLS_PORT', DEFAULT_TLS_PORT, { env, ports });
  const origins = [...local, ...['localhost', '127.0.0.1', address].map((name) => `https://${name}:${tlsPort}`)];
  return {
    port,
    address,
    openAt: [`https://${address}:${tlsPort}`, `http://localhost:${port}`],
    env: {
      PORT: String(port),
      HOST: '0.0.0.0',
      TLS_PORT: String(tlsPort),
      PUBLIC_ORIGINS: env['PUBLIC_ORIGINS'] || origins.join(','),
    },
    tls: true,
  };
}

/** @param {string} variable @param {number} preferred @param {{ env: NodeJS.ProcessEnv, ports: import('./ports.mjs').Ports }} context */
async function choosePort(variable, preferred, { env, ports }) {
  const named = Number(env[variable] || 0);
  if (!named) return ports.claim(variable.toLowerCase(), { preferred });
  if (await isPortFree(named)) return named;
  throw new Failure(
    `Port ${named} is taken by another program.`,
    `Stop that program, or name another port by ${variable}, or none: then a free one is found.`,
  );
}

/**
 * Starts the server and waits until it is ready to be asked.
 *
 * @param {{ env: Record<string, string | undefined>, data: string, place: Place & { tls: boolean }, isWatching: boolean, progress: import('./progress.mjs').Progress }} options
 */
export async function startServer({ env, data, place, isWatching, progress }) {
  const certificate = place.tls ? await provideCertificate(data, place.address) : undefined;
  if (certificate)
    progress.line(`The certificate is self-made: browsers ask once. Its SHA-256 is ${certificate.fingerprint}`);
  const watch = isWatching ? ['--watch', '--watch-preserve-output'] : [];
  return keepRunning(
    {
      name: 'Server',
      command: serverNode(),
      args: [...watch, ...SERVER_ARGUMENTS, join(ROOT, 'server/src/main.ts')],
      cwd: ROOT,
      env: {
        NODE_ENV: isWatching ? 'development' : 'production',
        // Half of the time to start goes into reading TypeScript that has not changed.
        NODE_COMPILE_CACHE: join(cacheFolder(env), 'code'),
        ...env,
        ...place.env,
        DIALOG_DATA: data,
        ...(certificate ? { TLS_CERT: certificate.cert, TLS_KEY: certificate.key } : {}),
      },
      isReady: () => isReady(place.port),
      readyWithinMs: READY_WITHIN_MS,
      stopWithinMs: 35_000,
    },
    { data, progress },
  );
}

/** @param {number} port */
async function isReady(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok;
  } catch {
    return false;
  }
}
