import { createHash } from 'node:crypto';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { MEMBERS_PER_REQUEST_MAX } from '@dialog/shared/chats';
import { newId, newSecret, toBytes } from '../../server/src/platform/ids.ts';
import { callApi } from './api.ts';
import { connectTo } from './services.ts';

/** Someone with an account and a session, who never had to choose a password. */
export interface SeededPerson {
  readonly userId: UserId;
  readonly token: string;
}

const ROWS_AT_ONCE = 1_000;

/** Written straight into the tables: Argon2 for thousands of people would take longer than what is measured. */
export async function seedPeople(databaseUrl: string, howMany: number): Promise<SeededPerson[]> {
  const people = Array.from({ length: howMany }, () => ({ userId: newId<UserId>(), token: newSecret() }));
  const connection = await connectTo(databaseUrl);
  const now = new Date();
  for (let from = 0; from < people.length; from += ROWS_AT_ONCE) {
    const some = people.slice(from, from + ROWS_AT_ONCE);
    const users = some.map(({ userId }, index) => [
      toBytes(userId),
      `p${from + index}.${Date.now().toString(36)}`,
      `Person ${from + index}`,
      '-',
      now,
    ]);
    const sessions = some.map(({ userId, token }) => [
      toBytes(newId()),
      toBytes(userId),
      hashOf(token),
      'bench',
      '127.0.0.1',
      now,
      now,
    ]);
    await connection.query('INSERT INTO users (id, user_name, display_name, password_hash, created_at) VALUES ?', [
      users,
    ]);
    await connection.query(
      'INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at) VALUES ?',
      [sessions],
    );
  }
  await connection.end();
  return people;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A group made by its first member through the server itself, so that keys, rights and revisions are real. */
export async function makeGroup(url: string, members: readonly SeededPerson[]): Promise<ChatId> {
  const [owner, ...others] = members;
  if (!owner) throw new Error('a group needs someone');
  const caller = { url, token: owner.token };
  const ids = others.map(({ userId }) => userId);
  const id = newId<ChatId>();
  await callApi(caller, 'createGroup', {
    body: { id, title: 'Bench', memberIds: ids.slice(0, MEMBERS_PER_REQUEST_MAX) },
  });
  for (let from = MEMBERS_PER_REQUEST_MAX; from < ids.length; from += MEMBERS_PER_REQUEST_MAX) {
    await callApi(caller, 'addMembers', {
      params: { chatId: id },
      body: { userIds: ids.slice(from, from + MEMBERS_PER_REQUEST_MAX) },
    });
  }
  return id;
}
