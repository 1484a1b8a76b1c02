import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { Umzug, type UmzugStorage } from 'umzug';

/** Two nodes that start at once: the second waits for the first this long. */
const LOCK_WAIT_SECONDS = 120;

interface MigrateOptions {
  readonly url: string;
  /** Holds `0001_name.sql` and so on. */
  readonly folder: string;
  readonly tell?: (line: string) => void;
}

/** One statement of one file; DDL commits by itself, so each is a step of its own and safe to run again. */
interface Step {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Brings the schema level: makes it when it is missing, runs every statement not yet run, one process at a time.
 * @throws Error when a statement that already ran reads differently now.
 */
export async function migrate({ url, folder, tell = () => {} }: MigrateOptions): Promise<void> {
  const steps = await readSteps(folder);
  const schema = decodeURIComponent(new URL(url).pathname.slice(1));
  const connection = await connectTo(url, schema);
  const lock = `dialog-migrate:${schema}`.slice(0, 64);
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS held', [lock, LOCK_WAIT_SECONDS]);
    if (rows[0]?.['held'] !== 1) throw new Error('another process has been migrating for two minutes; is it stuck?');
    await runSteps(connection, steps, tell);
  } finally {
    // Closing the connection gives the lock back, also after a kill.
    await connection.end();
  }
}

async function connectTo(url: string, schema: string): Promise<Connection> {
  const options = { charset: 'utf8mb4', timezone: 'Z', multipleStatements: false };
  const withSchema = () => mysql.createConnection({ uri: url, ...options });
  try {
    return await withSchema();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ER_BAD_DB_ERROR') throw error;
  }
  const bare = new URL(url);
  bare.pathname = '/';
  const admin = await mysql.createConnection({ uri: bare.href, ...options });
  await admin.query(`CREATE DATABASE IF NOT EXISTS ${mysql.escapeId(schema)} CHARACTER SET utf8mb4`);
  await admin.end();
  return withSchema();
}

async function runSteps(connection: Connection, steps: readonly Step[], tell: (line: string) => void): Promise<void> {
  const checksums = new Map(steps.map((step) => [step.name, step.checksum]));
  const storage = storageIn(connection, checksums);
  await connection.query(
    'CREATE TABLE IF NOT EXISTS schema_steps (name VARCHAR(200) CHARACTER SET ascii NOT NULL PRIMARY KEY, checksum CHAR(64) CHARACTER SET ascii NOT NULL, ran_at DATETIME(3) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4',
  );
  await refuseChanged(connection, checksums);
  const umzug = new Umzug({
    migrations: steps.map((step) => ({
      name: step.name,
      up: async () => {
        tell(step.name);
        await connection.query(step.sql).catch(unlessDone);
      },
    })),
    storage,
    logger: undefined,
  });
  await umzug.up();
}

/**
 * A column or key that is there already was added by this very step, killed before it was written down: an ALTER is all
 * or nothing, and MySQL knows no IF NOT EXISTS for it.
 */
function unlessDone(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ER_DUP_FIELDNAME' && code !== 'ER_DUP_KEYNAME') throw error;
}

function storageIn(connection: Connection, checksums: ReadonlyMap<string, string>): UmzugStorage {
  return {
    logMigration: async ({ name }) => {
      await connection.query('INSERT INTO schema_steps (name, checksum, ran_at) VALUES (?, ?, ?)', [
        name,
        checksums.get(name),
        new Date(),
      ]);
    },
    unlogMigration: async () => {
      throw new Error('migrations only go forward');
    },
    executed: async () => {
      const [rows] = await connection.query<RowDataPacket[]>('SELECT name FROM schema_steps ORDER BY name');
      return rows.map((row) => String(row['name']));
    },
  };
}

async function refuseChanged(connection: Connection, checksums: ReadonlyMap<string, string>): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT name, checksum FROM schema_steps');
  for (const row of rows) {
    const expected = checksums.get(String(row['name']));
    // A step unknown here was run by a newer version: this one runs on its schema (expand, then contract).
    if (expected !== undefined && expected !== row['checksum']) {
      throw new Error(`${row['name']} was changed after it had run; write a new migration instead`);
    }
  }
}

async function readSteps(folder: string): Promise<Step[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_\w+\.sql$/.test(file)).toSorted();
  const perFile = await Promise.all(
    files.map(async (file) => stepsOf(file, await readFile(join(folder, file), 'utf8'))),
  );
  return perFile.flat();
}

/** Statements end with a semicolon at the end of a line; comments may change without being a change. */
export function stepsOf(file: string, text: string): Step[] {
  const statements = text
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return statements.map((sql, index) => ({
    name: `${file}#${String(index + 1).padStart(2, '0')}`,
    sql,
    checksum: createHash('sha256').update(sql.replaceAll(/\s+/g, ' ')).digest('hex'),
  }));
}
