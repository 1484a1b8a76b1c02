// What is wrong with this installation, and what to do about it: "npm run doctor". Run it beside a running Dialog.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookAtDatabase } from './doctor/database.mjs';
import { lookAtLivekit } from './doctor/livekit.mjs';
import { lookAtClock, lookAtDisk, lookAtFfmpeg, lookAtPort, lookAtPrograms } from './doctor/machine.mjs';
import { lookAtMail } from './doctor/mail.mjs';
import { lookAtRedis } from './doctor/redis.mjs';
import { describe, unknown } from './doctor/report.mjs';
import { lookAtTurn } from './doctor/turn.mjs';
import { dataFolder } from './start/folders.mjs';
import { lockHolder } from './start/lock.mjs';
import { serverNode } from './start/packages.mjs';
import { describeFailure } from './start/progress.mjs';

const DEFAULT_PORT = 3000;

/** @param {string} file @returns {Record<string, string | number>} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

async function examine() {
  const data = dataFolder(process.env);
  const holder = lockHolder(data);
  // What the environment names goes before what was started here.
  const own = holder ? readJson(join(data, 'services.json')) : {};
  const env = {
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])),
    ...process.env,
  };
  const isRunning = holder !== undefined || Boolean(process.env['DATABASE_URL']);
  const port = Number(process.env['PORT'] || readJson(join(data, 'ports.json'))['port'] || DEFAULT_PORT);

  let isWell = true;
  const tell = (/** @type {import('./doctor/report.mjs').Finding} */ finding) => {
    isWell &&= finding.verdict !== 'bad';
    process.stdout.write(`${describe(finding)}\n`);
  };
  for (const finding of await lookAtPrograms(env)) tell(finding);
  tell(await lookAtFfmpeg(env));
  tell(lookAtDisk(data));
  tell(await lookAtClock());
  tell(await lookAtPort(port, isRunning));
  for (const finding of await lookAtMail(env)) tell(finding);
  if (!isRunning)
    tell(
      unknown(
        'Dialog does not run here, so its services were not looked at.',
        'Start it (npm start), and run this again beside it.',
      ),
    );
  else
    for (const look of [lookAtDatabase, lookAtRedis, lookAtLivekit, lookAtTurn])
      for (const finding of await look(env)) tell(finding);
  return isWell;
}

// Asking a media server takes a WebSocket, which the server's Node has.
if (typeof WebSocket === 'undefined') {
  try {
    process.exit(spawnSync(serverNode(), [fileURLToPath(import.meta.url)], { stdio: 'inherit' }).status ?? 1);
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exit(1);
  }
}
process.exitCode = (await examine()) ? 0 : 1;
