import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateFolder, memoryFolder, socketPath } from './folders.mjs';
import { findProgram } from './programs.mjs';
import { answers } from './ports.mjs';
import { Failure } from './progress.mjs';
import { lastWords, run } from './run.mjs';
import { writePrivateFile } from './secrets.mjs';
import { keepRunning } from './supervise.mjs';

export const MYSQL_PROGRAMS = ['mariadbd', 'mysqld'];
const READY_WITHIN_MS = 60_000;
const PREPARE_WITHIN_MS = 180_000;

/** The names by which the server may be asked of; without name resolution only the address counts. */
const HOSTS = ['127.0.0.1', 'localhost'];

/**
 * A MariaDB or MySQL of our own: own folder, own port on loopback, durable commits (R9), UTF-8.
 *
 * @param {import('./services.mjs').ServiceContext} context
 * @returns {Promise<import('./services.mjs').Provided>}
 */
export async function provideMysql(context) {
  const { data, secrets, programs, forTests, isPassing } = context;
  const server = await programs.need('mysql');
  const { tail: version } = await run(server, ['--no-defaults', '--version']);
  const isMariaDb = /mariadb/i.test(version);
  const memory = isPassing ? memoryFolder(data) : undefined;
  const files = makePrivateFolder(join(memory ?? data, 'mysql'));
  await makeFiles({ server, files, isMariaDb });

  const password = secrets('mysqlPassword');
  const initFile = join(data, 'mysql-init.sql');
  writePrivateFile(initFile, initSql({ password, rootPassword: secrets('mysqlRootPassword'), forTests }));
  const port = await context.ports.claim('mysql');
  const service = await keepRunning(
    {
      name: isMariaDb ? 'MariaDB' : 'MySQL',
      command: server,
      args: serverArgs({ files, socket: socketPath(data, 'mysql.sock'), port, initFile, isMariaDb }),
      // The port opens only after the init file has run.
      isReady: () => answers(port),
      readyWithinMs: READY_WITHIN_MS,
      stopWithinMs: 30_000,
    },
    context,
  );
  const account = `mysql://dialog:${password}@127.0.0.1:${port}`;
  const stop = async () => {
    await service.stop();
    if (memory) rmSync(memory, { recursive: true, force: true });
  };
  return { service: { ...service, stop }, env: { DATABASE_URL: `${account}/dialog` }, adminUrl: account };
}

/** @param {{ password: string, rootPassword: string, forTests: boolean }} accounts One statement a line, repeated at each start. */
export function initSql({ password, rootPassword, forTests }) {
  const accounts = HOSTS.map((host) => `'dialog'@'${host}'`);
  return [
    `CREATE DATABASE IF NOT EXISTS dialog CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;`,
    ...accounts.map((account) => `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}';`),
    ...accounts.map((account) => `ALTER USER ${account} IDENTIFIED BY '${password}';`),
    // Tests make and drop schemas of their own.
    ...accounts.map((account) => `GRANT ALL ON ${forTests ? '*.*' : 'dialog.*'} TO ${account};`),
    ...["''@'localhost'", "'root'@'127.0.0.1'", "'root'@'::1'"].map((account) => `DROP USER IF EXISTS ${account};`),
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${rootPassword}';`,
    '',
  ].join('\n');
}

/** @param {{ files: string, socket: string, port: number, initFile: string, isMariaDb: boolean }} options */
export function serverArgs({ files, socket, port, initFile, isMariaDb }) {
  return [
    // The system's own settings must not reach this one.
    '--no-defaults',
    `--datadir=${files}`,
    `--socket=${socket}`,
    `--pid-file=${join(files, 'server.pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--init-file=${initFile}`,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--innodb-flush-log-at-trx-commit=1',
    '--sync-binlog=1',
    '--skip-log-bin',
    '--innodb-buffer-pool-size=256M',
    '--max-connections=300',
    '--performance-schema=OFF',
    '--local-infile=0',
    ...(isMariaDb ? [] : ['--mysqlx=OFF']),
    ...asUser(),
  ];
}

/** Both refuse to run as root unless told so. */
function asUser() {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/**
 * Makes the system tables once. They are made beside and moved into place whole, so that a first start cut short is
 * simply made again.
 *
 * @param {{ server: string, files: string, isMariaDb: boolean }} options
 */
export async function makeFiles({ server, files, isMariaDb }) {
  if (existsSync(join(files, 'mysql'))) return;
  if (readdirSync(files).length > 0) {
    throw new Failure(
      `${files} holds something that is not a database.`,
      'Move it away, or name another folder by DIALOG_DATA.',
    );
  }
  const draft = `${files}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const { command, args } = isMariaDb ? mariaDbInstall(server, draft) : mysqlInstall(server, draft);
  const { code, tail } = await run(command, args, {
    timeoutMs: PREPARE_WITHIN_MS,
    ending: { signal: 'SIGKILL', graceMs: 0 },
  });
  if (code !== 0) {
    throw new Failure(
      `The database's files could not be made: ${lastWords(tail)}.`,
      `See that there is room on the disk, and that ${files} may be written to.`,
    );
  }
  rmSync(files, { recursive: true });
  renameSync(draft, files);
}

/** @param {string} server @param {string} files */
function mariaDbInstall(server, files) {
  const command = findProgram(['mariadb-install-db', 'mysql_install_db'], {
    folders: [dirname(server), join(dirname(server), '../bin')],
  });
  if (!command) {
    throw new Failure(
      'mariadb-install-db is missing beside MariaDB.',
      'Install the whole of MariaDB (on Debian: apt-get install mariadb-server-core).',
    );
  }
  // Unpacked packages keep their tables beside themselves and not under /usr.
  const base = server.startsWith('/usr/') ? [] : [`--basedir=${join(dirname(server), '..')}`];
  const args = [
    '--no-defaults',
    ...base,
    `--datadir=${files}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  return { command, args: [...args, ...asUser()] };
}

/** @param {string} server @param {string} files */
function mysqlInstall(server, files) {
  return { command: server, args: ['--no-defaults', '--initialize-insecure', `--datadir=${files}`, ...asUser()] };
}
