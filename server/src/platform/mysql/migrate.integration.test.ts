import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testServices } from '../../testing/startTestApp.ts';
import { migrate } from './migrate.ts';

const SOURCE = fileURLToPath(new URL('../../../../migrations', import.meta.url));
let folder: string;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialog-migrations-'));
  await cp(SOURCE, folder, { recursive: true });
  const made = new URL(testServices().databaseUrl);
  made.pathname = `/dialog_test_${randomBytes(6).toString('hex')}`;
  url = made.href;
});
afterEach(async () => {
  await ask(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)}`, testServices().databaseUrl);
  await rm(folder, { recursive: true });
});

async function ask(sql: string, at = url): Promise<unknown> {
  const connection = await mysql.createConnection({ uri: at });
  const [rows] = await connection.query(sql);
  await connection.end();
  return rows;
}

test('two nodes that start at once bring the schema level together, each statement once', async () => {
  const ran: string[] = [];
  const tell = (step: string) => void ran.push(step);
  await Promise.all([migrate({ url, folder, tell }), migrate({ url, folder, tell })]);
  expect(new Set(ran).size).toBe(ran.length);
  expect(ran.length).toBeGreaterThan(5);
  await migrate({ url, folder, tell: (step) => expect.fail(`ran again: ${step}`) });
});

test('a migration that died between a statement and its mark goes on where it stopped', async () => {
  await migrate({ url, folder });
  await ask("DELETE FROM schema_steps WHERE name > '0001_foundation.sql#04'");
  await migrate({ url, folder });
  expect(await ask('SELECT COUNT(*) AS users FROM users')).toEqual([{ users: 0 }]);
});

test('a statement that was changed after it ran stops the start', async () => {
  await writeFile(join(folder, '9001_later.sql'), 'CREATE TABLE later (x INT) DEFAULT CHARSET=utf8mb4;\n');
  await migrate({ url, folder });
  await writeFile(join(folder, '9001_later.sql'), 'CREATE TABLE later (x BIGINT) DEFAULT CHARSET=utf8mb4;\n');
  await expect(migrate({ url, folder })).rejects.toThrow('was changed after it had run');
});

test('an older version runs on a schema that a newer one made', async () => {
  await writeFile(join(folder, '9001_later.sql'), 'CREATE TABLE later (x INT) DEFAULT CHARSET=utf8mb4;\n');
  await migrate({ url, folder });
  await rm(join(folder, '9001_later.sql'));
  await migrate({ url, folder });
});
