import mysql, { type Pool, type PoolConnection, type QueryResult } from 'mysql2';
import { AppError } from '../appError.ts';
import { isBroken, STATEMENT_TIMEOUT_MS } from './mysqlErrors.ts';

/** A server refuses what would be cut or guessed, whatever its own configuration says. */
const SQL_MODE = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/** Waiting for a row lock ends before the statement's own time, so that it fails by name and the connection is kept. */
const LOCK_WAIT_SECONDS = 4;

/** As many may wait for a connection; more get `busy` at once (L8). */
const WAITING_MAX = 500;

export interface ConnectionsOptions {
  readonly url: string;
  readonly max: number;
  /**
   * `each`: a statement commits by itself. `transaction`: statements wait for COMMIT, which spares the BEGIN, and the last
   * ones may go in one packet with it.
   */
  readonly commits: 'each' | 'transaction';
}

export function createConnections({ url, max, commits }: ConnectionsOptions): Pool {
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: max,
    maxIdle: max,
    queueLimit: WAITING_MAX,
    connectTimeout: STATEMENT_TIMEOUT_MS,
    charset: 'utf8mb4',
    timezone: 'Z',
    stringifyObjects: true,
    // Every value is escaped by `writeSql`; where one statement is enough, more are refused all the same.
    multipleStatements: commits === 'transaction',
    supportBigNumbers: true,
    enableKeepAlive: true,
  });
  const isolation = commits === 'transaction' ? 'READ COMMITTED' : 'REPEATABLE READ';
  const settings = [
    `SET SESSION TRANSACTION ISOLATION LEVEL ${isolation}`,
    `SET SESSION sql_mode = '${SQL_MODE}', time_zone = '+00:00', innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}, autocommit = ${commits === 'each' ? 1 : 0}`,
  ];
  pool.on('connection', (connection) => {
    // Queued on the new connection before anyone's first statement.
    for (const setting of settings) {
      connection.query(setting, (error: Error | null) => {
        // Without its settings a transaction would commit statement by statement: better no connection.
        if (error) connection.destroy();
      });
    }
  });
  return pool;
}

/** A connection of one's own for the length of `work`; thrown away when its state is unknown afterwards. */
export async function withConnection<T>(pool: Pool, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await acquire(pool);
  try {
    const result = await work(connection);
    connection.release();
    return result;
  } catch (error) {
    if (isBroken(error)) connection.destroy();
    else connection.release();
    throw error;
  }
}

/** mysql2 knows no deadline for waiting, only for connecting. */
function acquire(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new AppError('busy', 'no database connection free', { retryAfterSeconds: 2 }));
    }, STATEMENT_TIMEOUT_MS);
    pool.getConnection((error, connection) => {
      clearTimeout(timer);
      if (isLate) {
        if (!error) connection.release();
        return;
      }
      if (!error) resolve(connection);
      else if (error.message.startsWith('Queue limit'))
        reject(new AppError('busy', error.message, { retryAfterSeconds: 2 }));
      else reject(error);
    });
  });
}

/** One statement. After its time the connection is broken: the answer could still come, to somebody else's question. */
export function ask(connection: PoolConnection, sql: string): Promise<QueryResult> {
  return new Promise((resolve, reject) => {
    connection.query<QueryResult>({ sql, timeout: STATEMENT_TIMEOUT_MS }, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

export function closeConnections(pool: Pool): Promise<void> {
  return new Promise((resolve) => {
    pool.end(() => resolve());
  });
}
