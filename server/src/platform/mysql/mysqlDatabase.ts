import type { PoolConnection, QueryResult } from 'mysql2';
import type { Database, Row, SqlValues, Tx, WriteTx } from '../database.ts';
import { ask, closeConnections, createConnections, withConnection } from './connections.ts';
import { asAppError, isBroken, isDeadlock } from './mysqlErrors.ts';
import { writeSql } from './sqlText.ts';

/** InnoDB picks a victim at once; the second try rarely meets the same others. */
const DEADLOCK_TRIES = 5;

interface MysqlOptions {
  /** `mysql://user:password@host:port/schema` */
  readonly url: string;
  /** Connections for reads and single statements, and as many again for transactions. */
  readonly connections?: number;
}

/** `Database` on MySQL 8.4 or MariaDB 10.11 and later. */
export function createMysqlDatabase({ url, connections = 12 }: MysqlOptions): Database {
  const singles = createConnections({ url, max: connections, commits: 'each' });
  const transactions = createConnections({ url, max: connections, commits: 'transaction' });
  // Reads that a busy pool delays must not make the node look dead, nor a dead database alive.
  const probes = createConnections({ url, max: 1, commits: 'each' });

  const single = (sql: string) => translated(() => withConnection(singles, (connection) => ask(connection, sql)));

  return {
    rows: async <T extends Row>(sql: string, values?: SqlValues) => rowsOf<T>(await single(writeSql(sql, values))),
    run: async (sql, values) => ({ affected: affectedBy(await single(writeSql(sql, values))) }),

    snapshot: (work) =>
      translated(() =>
        withConnection(singles, async (connection) => {
          await ask(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
          return committed(connection, work);
        }),
      ),

    transaction: (work) =>
      translated(() =>
        retryingDeadlocks(() => withConnection(transactions, (connection) => committed(connection, work))),
      ),

    ping: () =>
      translated(() =>
        withConnection(probes, async (connection) => {
          await ask(connection, 'SELECT 1');
        }),
      ),

    close: async () => {
      await Promise.all([singles, transactions, probes].map(closeConnections));
    },
  };
}

async function committed<T>(connection: PoolConnection, work: (tx: WriteTx) => Promise<T>): Promise<T> {
  const last: string[] = [];
  const tx: WriteTx = { ...txOn(connection), atCommit: (sql, values) => void last.push(writeSql(sql, values)) };
  try {
    const result = await work(tx);
    // One that fails keeps those behind it, and so the COMMIT, from running.
    await ask(connection, [...last, 'COMMIT'].join(';'));
    return result;
  } catch (error) {
    if (isBroken(error)) throw error;
    await ask(connection, 'ROLLBACK').catch((rollbackError: unknown) => {
      // Unknown state: the connection goes, and the server rolls back by itself.
      connection.destroy();
      throw rollbackError;
    });
    throw error;
  }
}

function txOn(connection: PoolConnection): Tx {
  return {
    rows: async <T extends Row>(sql: string, values?: SqlValues) =>
      rowsOf<T>(await ask(connection, writeSql(sql, values))),
    run: async (sql, values) => ({ affected: affectedBy(await ask(connection, writeSql(sql, values))) }),
  };
}

async function retryingDeadlocks<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the next try is for when this one failed
      return await attempt();
    } catch (error) {
      if (!isDeadlock(error) || tried === DEADLOCK_TRIES) throw error;
    }
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asAppError(error);
  }
}

function rowsOf<T extends Row>(result: QueryResult): T[] {
  // Safe as far as the statement's author said the truth about its columns; nothing else can know them.
  return Array.isArray(result) ? (result as unknown as T[]) : [];
}

function affectedBy(result: QueryResult): number {
  return 'affectedRows' in result ? result.affectedRows : 0;
}
