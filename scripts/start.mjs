// Dialog in one step: "npm start". Without dependencies, because it is what installs them; for Node 20 and newer.
import { join } from 'node:path';
import { startDev } from './start/dev.mjs';
import { ROOT, dataFolder } from './start/folders.mjs';
import { takeLock } from './start/lock.mjs';
import { endOrphans } from './start/orphans.mjs';
import { sayWhereMailsGo } from './start/mail.mjs';
import { openPorts } from './start/ports.mjs';
import { migrate, prepareCheckout } from './start/prepare.mjs';
import { Failure, createProgress, describeFailure } from './start/progress.mjs';
import { choosePlace, startServer } from './start/server.mjs';
import { provideServices } from './start/services.mjs';
import { stopWhenAsked } from './start/stopping.mjs';

const HELP = `npm start                 Dialog on this machine
npm start -- --lan        … for the local network as well, with TLS, so that one can call a phone
npm run dev               … with hot reload and a seeded story
DIALOG_DATA=folder        where everything is kept (default: .dialog)
PORT=number               where it is served (default: 3000, or a free one)
DATABASE_URL, REDIS_URL, LIVEKIT_URL, TURN_URLS   services to use instead of own ones
`;

const progress = createProgress();
/** @type {(() => Promise<void>)[]} The last one first. */
const undo = [];

async function undoAll() {
  for (const step of undo.toReversed()) await step();
}

/** @param {readonly string[]} args */
function readArguments(args) {
  const unknown = args.find((arg) => !['--lan', '--dev'].includes(arg));
  if (unknown !== undefined) throw new Failure(`There is no option ${unknown}.`, 'See: npm start -- --help');
  return { isLan: args.includes('--lan'), isDev: args.includes('--dev') };
}

/** @param {string} data */
function lockOrRefuse(data) {
  const lock = takeLock(data);
  if (lock.heldBy !== undefined) {
    const { pid, address } = lock.heldBy;
    throw new Failure(
      address
        ? `Dialog already runs on ${data} (process ${pid}): ${address}`
        : `Dialog is already being started on ${data} (process ${pid}).`,
      'Use that one, or stop it first, or name another folder by DIALOG_DATA.',
    );
  }
  undo.push(async () => lock.release());
  return lock;
}

async function start() {
  const { isLan, isDev } = readArguments(process.argv.slice(2));
  const { env } = process;
  const data = dataFolder(env, isDev ? join(ROOT, '.dialog', 'dev') : undefined);
  const lock = lockOrRefuse(data);
  // They may hold the ports that are chosen next.
  await endOrphans(data, progress);
  const ports = openPorts(data);
  const place = await choosePlace({ env, data, ports, isLan });

  // Packages and services have nothing to do with each other, and on a bare machine both take their time.
  const providing = provideServices({
    data,
    env,
    ports,
    log: progress,
    media: { address: place.address },
    webhookPort: place.port,
    callsInBackground: true,
  }).then((services) => {
    undo.push(services.stop);
    return services;
  });
  const outcomes = await Promise.allSettled([providing, prepareCheckout({ env, progress, withWeb: !isDev })]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  const services = await providing;

  const serverEnv = { ...env, ...services.env };
  await migrate(serverEnv, progress);
  const open = isDev
    ? await startDev({ env: serverEnv, data, place, ports, progress, undo })
    : await startPlain({ env: serverEnv, data, place });
  lock.tell(open);
  const elsewhere = place.openAt.filter((address) => address !== open);
  progress.line(`Dialog is ready: ${[open, ...elsewhere].join('  or  ')}   (Ctrl-C stops it)`);
  progress.line(sayWhereMailsGo({ env, data, open }));
  services.callsReady.then(
    () => progress.line('Calls work.'),
    (error) => progress.line(`Calls do not work: ${describeFailure(error)}`),
  );
}

/** @param {{ env: Record<string, string | undefined>, data: string, place: Awaited<ReturnType<typeof choosePlace>> }} options */
async function startPlain({ env, data, place }) {
  const server = await startServer({ env, data, place, isWatching: false, progress });
  undo.push(server.stop);
  return place.openAt[0] ?? '';
}

/** @param {unknown} error */
async function giveUp(error) {
  process.stderr.write(`\n${describeFailure(error)}\n`);
  await undoAll();
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(
    `Node ${process.versions.node} is too old.\n  → Install Node.js 20 or newer: https://nodejs.org\n`,
  );
  process.exit(1);
}
if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
process.on('uncaughtException', (error) => void giveUp(error));
stopWhenAsked(async (why) => {
  progress.line(`Stopping (${why}) …`);
  await undoAll();
  progress.line('Stopped.');
});
start().catch(giveUp);
