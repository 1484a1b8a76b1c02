import { peopleRoutes, RELATIONS_MAX } from '@dialog/shared/people';
import { profileRoutes } from '@dialog/shared/users.profile';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { eventually } from '../testing/conversation.ts';
import { connectDevice } from '../testing/device.ts';
import { aUser, Refused, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp, type TestNode } from '../testing/startTestApp.ts';

let app: TestApp;
let nodes: readonly TestNode[];
let node: TestNode;
let database: mysql.Connection;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
  nodes = app.nodes;
  [node] = app.nodes as [TestNode];
  database = await mysql.createConnection({ uri: app.databaseUrl });
});
afterAll(async () => {
  await database.end();
  await app.stop();
});

const put = (rows: readonly (readonly [Buffer, Buffer, string, boolean, Date | null])[]) =>
  database.query('INSERT INTO relations (user_id, other_id, friendship, is_blocked, declined_at, revision) VALUES ?', [
    rows.map((row) => [...row, 1]),
  ]);

/** Somebody with as many friends and blocked people, half of each. */
async function known(count: number): Promise<Person> {
  const person = await aUser(app);
  const id = toBytes(person.user.id);
  await put(
    Array.from({ length: count }, (_, at) => [id, toBytes(newId()), at % 2 ? 'friends' : 'none', at % 2 === 0, null]),
  );
  return person;
}

const ask = (person: Person, whom: Person, at = 0) =>
  person.call(peopleRoutes.requestFriend, { body: { userId: whom.user.id } }, nodes[at % 2]);

async function answerOf(act: Promise<unknown>): Promise<string> {
  const error: unknown = await act.catch((refused: unknown) => refused);
  return error instanceof Refused ? error.reply.code : 'done';
}

async function countOf(person: Person): Promise<number> {
  const [rows] = await database.query(
    "SELECT COUNT(*) AS count FROM relations WHERE user_id = ? AND (friendship <> 'none' OR is_blocked)",
    [toBytes(person.user.id)],
  );
  return (rows as [{ count: number }])[0].count;
}

test('nobody asks for more than there is room for, however often at once; whom they block finds room all the same', async () => {
  const ann = await known(RELATIONS_MAX - 1);
  const others = await Promise.all(Array.from({ length: 6 }, () => aUser(app)));
  const me = toBytes(ann.user.id);
  // They asked her and were declined: if she asks now, they are friends at once.
  await put(
    others.flatMap(({ user }) => [
      [toBytes(user.id), me, 'asked', false, null] as const,
      [me, toBytes(user.id), 'none', false, new Date()] as const,
    ]),
  );
  const answers = await Promise.all(others.map((person, at) => answerOf(ask(ann, person, at))));
  expect(answers.toSorted()).toEqual(['done', ...Array.from({ length: 5 }, () => 'limit-reached')]);
  expect(await countOf(ann)).toBe(RELATIONS_MAX);
  const [unmet] = others.filter((_, at) => answers[at] !== 'done') as [Person];
  const block = ann.call(peopleRoutes.blockPerson, { params: { userId: unmet.user.id } });
  expect(await answerOf(block)).toBe('done');
});

test('who asks somebody that has no room sees a request, and their new name as of everybody', async () => {
  const full = await known(RELATIONS_MAX - 1);
  const others = await Promise.all(Array.from({ length: 4 }, () => aUser(app)));
  const answers = await Promise.all(others.map((person, at) => answerOf(ask(person, full, at))));
  expect(answers).toEqual(others.map(() => 'done'));
  expect(await countOf(full)).toBe(RELATIONS_MAX);
  const devices = await Promise.all(others.map((person) => connectDevice(person, { node, isLost: () => false })));
  await full.call(profileRoutes.changeProfile, { body: { displayName: 'Fully Booked' } });
  const seen = () => devices.map((device) => device.shown().relations[0]?.user.displayName);
  await eventually(() => seen().every((name) => name === 'Fully Booked'), 10_000);
  for (const { socket } of devices) socket.close();
});
