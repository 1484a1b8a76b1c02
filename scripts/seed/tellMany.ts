import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UserId } from '@dialog/shared/contract/values';
import { authRepository } from '../../server/src/auth/auth.repository.ts';
import { createPasswordHasher } from '../../server/src/auth/passwordHash.ts';
import { loadMasterKey } from '../../server/src/platform/crypto/masterKey.ts';
import type { Database } from '../../server/src/platform/database.ts';
import { newId } from '../../server/src/platform/ids.ts';
import { createMysqlDatabase } from '../../server/src/platform/mysql/mysqlDatabase.ts';
import { dataFolder } from '../start/folders.mjs';
import { seedMany } from './many.ts';

const PASSWORD = process.env['SEED_PASSWORD'] ?? 'three-friends-and-a-boat';
/** Who is in all the chats, and those who are in some. */
const FIRST = { userName: 'wanda', displayName: 'Wanda Everywhere' };
const OTHERS = 40;

/** Many messages for the database of this environment, or of the Dialog that runs on this data folder. */
export async function tellMany(messages: number): Promise<void> {
  if (!Number.isInteger(messages) || messages < 1) throw new Error('--messages takes a number of messages');
  const data = dataFolder(process.env);
  const url = process.env['DATABASE_URL'] ?? databaseOf(data);
  if (url === undefined) throw new Error('No database: start Dialog first (npm start), or name one in DATABASE_URL.');
  const masterKey = await loadMasterKey({ fromEnvironment: process.env['DIALOG_MASTER_KEY'], dataFolder: data });
  const db = createMysqlDatabase({ url });
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const people = await makePeople(db);
    const startedAt = performance.now();
    const chats = await seedMany({ db, masterKey, people, messages, tell });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    tell(`${messages} messages in ${chats.length} chats in ${seconds} s; ${FIRST.userName} is in all of them`);
    tell(`and can sign in with the password ${PASSWORD}`);
  } finally {
    await db.close();
  }
}

function databaseOf(data: string): string | undefined {
  const file = join(data, 'services.json');
  if (!existsSync(file)) return undefined;
  const services: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const named = typeof services === 'object' && services !== null && 'DATABASE_URL' in services;
  return named ? String(services.DATABASE_URL) : undefined;
}

async function makePeople(db: Database): Promise<readonly UserId[]> {
  if (await authRepository.findAccountByName(db, FIRST.userName))
    throw new Error(`${FIRST.userName} is there already: this database has its many messages.`);
  const passwordHash = await createPasswordHasher().hash(PASSWORD);
  const names = [
    FIRST,
    ...Array.from({ length: OTHERS }, (_, at) => ({ userName: `mate${at + 1}`, displayName: `Mate ${at + 1}` })),
  ];
  const people = names.map((name) => ({ ...name, id: newId<UserId>(), passwordHash, createdAt: new Date() }));
  await db.transaction(async (tx) => {
    for (const person of people) await authRepository.insertAccount(tx, person);
  });
  return people.map(({ id }) => id);
}
