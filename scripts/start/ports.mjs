import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The kernel's own choice can be taken by the time it is used, so it is tried a few times. */
const TRIES = 20;

/** @param {number} port 0 for any. @param {string} host @returns {Promise<number | undefined>} The port, if it is free. */
function tryTcp(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.on('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function isUdpFree(port, host) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('error', () => resolve(false));
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

/**
 * Free for TCP and UDP, on the address given and on all of them: some programs bind to every address.
 *
 * @param {number} port
 * @param {string} [host]
 */
export async function isPortFree(port, host = '127.0.0.1') {
  for (const address of new Set([host, '0.0.0.0'])) {
    if ((await tryTcp(port, address)) === undefined || !(await isUdpFree(port, address))) return false;
  }
  return true;
}

/** @param {ReadonlySet<number>} [taken] Those to leave alone. @returns {Promise<number>} */
export async function findFreePort(taken = new Set()) {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = await tryTcp(0, '127.0.0.1');
    if (port !== undefined && !taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error('no free port');
}

/** Whether something listens there. @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function answers(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (/** @type {boolean} */ isOpen) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(2000, () => settle(false));
    socket.on('connect', () => settle(true));
    socket.on('error', () => settle(false));
  });
}

/**
 * The ports of one data folder: the same at each start, so that an address written down stays right, and another one
 * where somebody else has taken it meanwhile.
 *
 * @param {string} data
 */
export function openPorts(data) {
  const file = join(data, 'ports.json');
  /** @type {Record<string, number>} */
  let ports = {};
  try {
    ports = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first start, or a file nobody can read any more: new ports do.
  }
  const save = () => writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`, { mode: 0o600 });

  return {
    /** @param {string} name @param {{ preferred?: number, host?: string }} [wish] @returns {Promise<number>} */
    async claim(name, { preferred, host } = {}) {
      for (const port of [ports[name], preferred]) {
        const isOthers = Object.entries(ports).some(([other, taken]) => other !== name && taken === port);
        if (port !== undefined && !isOthers && (await isPortFree(port, host))) {
          ports[name] = port;
          save();
          return port;
        }
      }
      const port = await findFreePort(new Set(Object.values(ports)));
      ports[name] = port;
      save();
      return port;
    },
    /** Forgets it, so that the next claim finds another. @param {string} name */
    release(name) {
      delete ports[name];
    },
  };
}

/** @typedef {ReturnType<typeof openPorts>} Ports */
