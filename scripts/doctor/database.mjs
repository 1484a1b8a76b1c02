import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../start/folders.mjs';
import { bad, fine, reasonOf, unknown } from './report.mjs';

const load = createRequire(join(ROOT, 'server', 'package.json'));
const CLOCKS_APART_MAX_SECONDS = 5;
const CONNECTIONS_MIN = 100;

/** @typedef {Record<string, string | number | null>} Row */

/**
 * An acknowledged message must survive the power cord (R9), and every letter must come back as it went in.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
export async function lookAtDatabase(env) {
  const url = env['DATABASE_URL'];
  if (!url) return [unknown('Database: none is named.', 'Set DATABASE_URL, or start Dialog by npm start.')];
  /** @type {import('mysql2/promise').Connection | undefined} */
  let connection;
  try {
    /** @type {typeof import('mysql2/promise')} */
    const mysql = load('mysql2/promise');
    connection = await mysql.createConnection({ uri: url, connectTimeout: 5000 });
    return await examine(connection);
  } catch (error) {
    return [
      bad(
        `Database: ${reasonOf(error)}.`,
        'See that it runs and that user, password and port in DATABASE_URL are right.',
      ),
    ];
  } finally {
    await connection?.end().catch(() => {});
  }
}

/** @param {import('mysql2/promise').Connection} connection */
async function examine(connection) {
  const ask = async (/** @type {string} */ sql) => {
    const [rows] = await connection.query(sql);
    return /** @type {Row[]} */ (rows)[0] ?? {};
  };
  const { version } = await ask('SELECT VERSION() AS version');
  const [variables] = await connection.query(
    "SHOW VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit', 'sync_binlog', 'log_bin', 'innodb_doublewrite', 'max_connections')",
  );
  const settings = Object.fromEntries(
    /** @type {Row[]} */ (variables).map((row) => [String(row['Variable_name']), String(row['Value'])]),
  );
  const schema = await ask('SELECT DATABASE() AS name, @@character_set_database AS charset');
  const foreign = await ask(
    "SELECT COUNT(*) AS n FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND CHARACTER_SET_NAME NOT IN ('utf8mb4', 'ascii', 'binary')",
  );
  const clock = await ask('SELECT UNIX_TIMESTAMP() AS now');
  return [
    lookAtVersion(String(version)),
    ...lookAtDurability(settings),
    schema['charset'] === 'utf8mb4' && Number(foreign['n']) === 0
      ? fine(`Database: ${schema['name']} keeps every letter (utf8mb4).`)
      : bad(
          `Database: ${schema['name']} is in ${schema['charset']}, ${foreign['n']} columns are not in utf8mb4.`,
          `ALTER DATABASE ${schema['name']} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, and convert those tables.`,
        ),
    Math.abs(Number(clock['now']) - Date.now() / 1000) <= CLOCKS_APART_MAX_SECONDS
      ? fine('Database: its clock and this one agree.')
      : bad(
          'Database: its clock and this one are more than 5 s apart.',
          'Turn on time synchronisation on both machines.',
        ),
  ];
}

/** @param {string} version */
function lookAtVersion(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isMariaDb = /mariadb/i.test(version);
  const isKnown = isMariaDb ? major > 10 || (major === 10 && minor >= 11) : major > 8 || (major === 8 && minor >= 4);
  return isKnown
    ? fine(`Database: ${isMariaDb ? 'MariaDB' : 'MySQL'} ${version}.`)
    : bad(
        `Database: version ${version} is too old.`,
        'MariaDB 10.11 or MySQL 8.4 is the oldest that it is tested with.',
      );
}

/** @param {Record<string, string>} settings @returns {import('./report.mjs').Finding[]} */
function lookAtDurability(settings) {
  const findings = [];
  findings.push(
    settings['innodb_flush_log_at_trx_commit'] === '1'
      ? fine('Database: a commit is on the disk when it is acknowledged.')
      : bad(
          `Database: innodb_flush_log_at_trx_commit is ${settings['innodb_flush_log_at_trx_commit']}: messages already acknowledged can be lost.`,
          'Set innodb_flush_log_at_trx_commit = 1 in its settings.',
        ),
  );
  if (settings['log_bin'] === 'ON') {
    findings.push(
      settings['sync_binlog'] === '1'
        ? fine('Database: its binary log is on the disk with each commit.')
        : bad(
            `Database: sync_binlog is ${settings['sync_binlog']}: after a crash a replica may differ.`,
            'Set sync_binlog = 1 in its settings.',
          ),
    );
  }
  if (settings['innodb_doublewrite'] === 'OFF') {
    findings.push(
      bad(
        'Database: innodb_doublewrite is off: a page half written at a power cut is lost.',
        'Set innodb_doublewrite = ON.',
      ),
    );
  }
  if (Number(settings['max_connections']) < CONNECTIONS_MIN) {
    findings.push(
      bad(
        `Database: it takes only ${settings['max_connections']} connections.`,
        `Set max_connections to ${CONNECTIONS_MIN} or more.`,
      ),
    );
  }
  return findings;
}
