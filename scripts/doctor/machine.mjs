import { statfsSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { ROOT } from '../start/folders.mjs';
import { findProgram } from '../start/programs.mjs';
import { isPortFree } from '../start/ports.mjs';
import { run } from '../start/run.mjs';
import { serverNode } from '../start/packages.mjs';
import { bad, fine, reasonOf, unknown } from './report.mjs';

const DISK_FREE_MIN_GB = 2;
/** The database refuses no writes, but nothing good comes of the last percent. */
const DISK_USED_MAX = 0.95;
/** Call and TURN credentials live for minutes; LiveKit's tokens bear a minute. */
const CLOCK_OFF_MAX_MS = 5000;
const NTP_SERVER = 'pool.ntp.org';
const NTP_EPOCH_SECONDS = 2_208_988_800;
const NTP_WITHIN_MS = 2000;

const PROGRAMS = [
  { title: 'MariaDB or MySQL', names: ['mariadbd', 'mysqld'], ask: '--version', named: 'DATABASE_URL' },
  { title: 'Redis or Valkey', names: ['redis-server', 'valkey-server'], ask: '--version', named: 'REDIS_URL' },
  { title: 'coturn', names: ['turnserver'], ask: '--version', named: 'TURN_URLS' },
];

/** @param {Record<string, string | undefined>} env @returns {Promise<import('./report.mjs').Finding>} */
export async function lookAtFfmpeg(env) {
  const named = env['FFMPEG'] || 'ffmpeg';
  if (named === 'off') return fine('ffmpeg: not to be used (FFMPEG=off).');
  const program = findProgram([named], { env });
  const { tail } = program ? await run(program, ['-version'], { timeoutMs: 5000 }) : { tail: '' };
  const version = /ffmpeg version (\S+)/.exec(tail)?.[1];
  if (version) return fine(`ffmpeg: ${version} at ${program}. Voice notes play in every browser, films have a still.`);
  return unknown(
    `ffmpeg: not on this machine${env['FFMPEG'] ? ` at ${named}` : ''}. Voice notes recorded as Opus do not play in older Safari, some films have no still.`,
    'Install ffmpeg and start Dialog again, or set FFMPEG=off.',
  );
}

/** @param {Record<string, string | undefined>} env @returns {Promise<import('./report.mjs').Finding[]>} */
export async function lookAtPrograms(env) {
  const findings = [fine(`Node ${process.versions.node} runs this.`)];
  try {
    const { tail } = await run(serverNode(ROOT), ['--version']);
    findings.push(fine(`Node ${tail.trim().slice(1)} runs the server.`));
  } catch (error) {
    findings.push(bad(`The server's Node: ${reasonOf(error)}`, 'Run: npm ci --include=dev'));
  }
  for (const { title, names, ask, named } of PROGRAMS) {
    const program = findProgram(names, { env });
    if (!program) {
      findings.push(unknown(`${title}: not on this machine.`, `npm start gets it; or name a running one by ${named}.`));
      continue;
    }
    const { tail } = await run(program, [ask], { timeoutMs: 5000 });
    findings.push(fine(`${title}: ${/\d+\.\d+\.\d+/.exec(tail)?.[0] ?? 'some version'} at ${program}.`));
  }
  return findings;
}

/** @param {string} data @returns {import('./report.mjs').Finding} */
export function lookAtDisk(data) {
  const { bavail, blocks, bsize, bfree } = statfsSync(data);
  const freeGb = (bavail * bsize) / 1e9;
  const used = 1 - bfree / blocks;
  const what = `Disk: ${freeGb.toFixed(1)} GB free for ${data}, ${Math.round(used * 100)} % used`;
  if (freeGb >= DISK_FREE_MIN_GB && used <= DISK_USED_MAX) return fine(`${what}.`);
  return bad(
    `${what}, which is too little.`,
    `Make room, or move the data folder to a larger disk and name it by DIALOG_DATA.`,
  );
}

/** @param {number} port @param {boolean} isRunning @returns {Promise<import('./report.mjs').Finding>} */
export async function lookAtPort(port, isRunning) {
  if (!isRunning) {
    if (await isPortFree(port)) return fine(`Port ${port} is free.`);
    return unknown(
      `Port ${port} is taken by another program; npm start will choose another one.`,
      'To have this one, stop that program, or name one by PORT.',
    );
  }
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(6000) });
    if (answer.ok) return fine(`Dialog answers on port ${port} and is ready.`);
    return bad(
      `Dialog answers on port ${port}, but is not ready: ${(await answer.text()).slice(0, 200)}`,
      'See which of the services below is bad.',
    );
  } catch (error) {
    return bad(
      `Dialog does not answer on port ${port}: ${reasonOf(error)}.`,
      'See logs/server.log in the data folder.',
    );
  }
}

/** @returns {Promise<import('./report.mjs').Finding>} */
export async function lookAtClock() {
  try {
    const offMs = await clockOffset();
    const what = `Clock: ${offMs > 0 ? 'behind' : 'ahead'} by ${Math.abs(offMs / 1000).toFixed(1)} s`;
    return Math.abs(offMs) <= CLOCK_OFF_MAX_MS
      ? fine(`${what}.`)
      : bad(`${what}.`, 'Turn on time synchronisation: timedatectl set-ntp true');
  } catch (error) {
    return unknown(
      `Clock: it could not be compared with ${NTP_SERVER} (${reasonOf(error)}).`,
      'See: timedatectl status',
    );
  }
}

/** Simple NTP. @returns {Promise<number>} Milliseconds that the clock would have to be put forward. */
function clockOffset() {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const question = Buffer.alloc(48);
    question[0] = 0x1b;
    const askedAt = Date.now();
    const settle = (/** @type {() => void} */ tell) => {
      clearTimeout(timer);
      socket.close();
      tell();
    };
    const timer = setTimeout(() => settle(() => reject(new Error('no answer within 2 s'))), NTP_WITHIN_MS);
    socket.on('error', (error) => settle(() => reject(error)));
    socket.on('message', (answer) => {
      const seconds = answer.readUInt32BE(40) - NTP_EPOCH_SECONDS + answer.readUInt32BE(44) / 2 ** 32;
      settle(() => resolve(seconds * 1000 - (askedAt + Date.now()) / 2));
    });
    socket.send(question, 123, NTP_SERVER, (error) => {
      if (error) settle(() => reject(error));
    });
  });
}
