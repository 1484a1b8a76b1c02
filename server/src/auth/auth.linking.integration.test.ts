import { randomBytes } from 'node:crypto';
import { authRoutes } from '@dialog/shared/auth';
import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import { linkingRoutes } from '@dialog/shared/auth.linking';
import { deviceRoutes } from '@dialog/shared/auth.devices';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, toBytes } from '../platform/ids.ts';
import { letTimePass as letProofsAge } from '../testing/proofs.ts';
import { aUser, callRoute, fetchRoute, nextEvent, signInAgain, type Person } from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';
import { linkRepository } from './auth.linking.repository.ts';
import { createLinking } from './auth.linking.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

const nodeAt = (index: number) => app.nodes[index] ?? app;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

type Asked = Awaited<ReturnType<typeof ask>>;
const ask = () =>
  callRoute({ url: nodeAt(0).url, route: linkingRoutes.askToBeLinked, headers: { 'user-agent': FIREFOX } });
const take = ({ linkId, secret }: Pick<Asked, 'linkId' | 'secret'>, node = nodeAt(0)) =>
  callRoute({ url: node.url, route: linkingRoutes.takeLink, request: { body: { linkId, secret, keep: 'bearer' } } });
const answer = (person: Person, code: string, isLetIn = true) =>
  person.call(linkingRoutes.answerLink, { body: { code, isLetIn } }, nodeAt(1));
const letTimePass = ({ linkId }: Asked, seconds: number) =>
  app.app.db.run('UPDATE device_links SET expires_at = expires_at - INTERVAL :seconds SECOND WHERE id = :id', {
    seconds,
    id: toBytes(linkId),
  });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: Error) => error.message,
  );

test('a signed-in device sees what asks and lets it in, and the new one is signed in from another node', async () => {
  const alice = await aUser(app);
  const asked = await ask();
  expect(asked.secondsLeft).toBe(60);
  expect(await take(asked)).toEqual({ state: 'waiting' });
  const look = await alice.call(linkingRoutes.lookAtLink, { body: { code: asked.code } }, nodeAt(1));
  expect(look).toMatchObject({ device: 'Firefox · Linux', address: '127.0.0.1', place: 'local' });
  const socket = await alice.connect(nodeAt(1));
  const told = nextEvent(socket, 'signedInElsewhere');
  await answer(alice, asked.code);
  const taken = await take(asked);
  if (taken.state !== 'signed-in') throw new Error('was not let in');
  expect(taken.user.id).toBe(alice.user.id);
  const me = await callRoute({
    url: nodeAt(1).url,
    route: authRoutes.getMe,
    headers: { authorization: `Bearer ${taken.token}` },
  });
  expect(me.sessionId).toBe(taken.sessionId);
  expect(await told).toMatchObject({ method: 'device' });
  const { signIns } = await alice.call(deviceRoutes.listSignIns, { query: {} });
  expect(signIns[0]).toMatchObject({ id: taken.sessionId, method: 'device' });
  socket.close();
});

test('what was let in by another device has proved nobody: dangerous acts ask it first', async () => {
  const alice = await aUser(app);
  const asked = await ask();
  await answer(alice, asked.code);
  const taken = await take(asked);
  const headers = { authorization: `Bearer ${taken.state === 'signed-in' ? taken.token : ''}` };
  await expect(callRoute({ url: app.url, route: authRoutes.signOutOthers, headers })).rejects.toThrow(
    'confirmation-needed',
  );
});

test('who is signed in lets another in only after proving who they are, and says no at any time', async () => {
  const alice = await aUser(app);
  await letProofsAge(app, alice, 11);
  const [asked, refused] = [await ask(), await ask()];
  expect(await outcome(answer(alice, asked.code))).toBe('confirmation-needed');
  expect(await take(asked)).toEqual({ state: 'waiting' });
  await answer(alice, refused.code, false);
  const proof = { kind: 'password', password: alice.password } as const;
  await alice.call(confirmingRoutes.confirmIdentity, { body: { proof } });
  await answer(alice, asked.code);
  expect((await take(asked)).state).toBe('signed-in');
});

test('who signs all others out while a new device comes for its session has it out as well', async () => {
  const alice = await aUser(app);
  for (let round = 0; round < 8; round += 1) {
    const asked = await ask();
    const letter = await signInAgain(app, alice);
    await answer(letter, asked.code);
    await Promise.all([outcome(take(asked, nodeAt(1))), alice.call(authRoutes.signOutOthers)]);
    const { sessions } = await alice.call(authRoutes.listSessions);
    expect(sessions.map(({ id }) => id)).toEqual([alice.sessionId]);
  }
});

test('codes that were never answered are swept, however many', async () => {
  const old = new Date(Date.now() - 3_600_000);
  const many = Array.from({ length: 2_500 }, () => [
    ...[toBytes(newId()), randomBytes(32), randomBytes(32), randomBytes(32)],
    ...['', '::1', 'waiting', old],
  ]);
  await app.app.db.run(
    `INSERT INTO device_links (id, code_hash, short_code_hash, secret_hash, device, address, state, expires_at) VALUES :rows`,
    { rows: many },
  );
  const unused = {} as never;
  const deps = { accounts: unused, sessions: unused, devices: unused, now: () => new Date() };
  await createLinking({ ...deps, db: app.app.db, repository: linkRepository }).sweep();
  expect(await app.app.db.rows('SELECT 1 FROM device_links WHERE expires_at = :old', { old })).toEqual([]);
});

test('the short code does the same, however it is typed', async () => {
  const alice = await aUser(app);
  const asked = await ask();
  expect(asked.shortCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  const typed = ` ${asked.shortCode.slice(0, 5).toLowerCase()}-${asked.shortCode.slice(5)} `.replaceAll('0', 'o');
  await answer(alice, typed);
  expect((await take(asked)).state).toBe('signed-in');
});

test('who has only seen the code, or part of the secret, gets nothing', async () => {
  const alice = await aUser(app);
  const asked = await ask();
  await answer(alice, asked.code);
  const wrong = `${asked.secret.slice(0, 42)}${asked.secret.endsWith('A') ? 'B' : 'A'}`;
  for (const secret of [wrong, 'a'.repeat(43)]) expect(await outcome(take({ ...asked, secret }))).toBe('link-over');
  const other = await ask();
  expect(await outcome(take({ linkId: asked.linkId, secret: other.secret }))).toBe('link-over');
  expect((await take(asked)).state).toBe('signed-in');
});

test('of two that come for one session at the same moment on two nodes one gets it', async () => {
  const alice = await aUser(app);
  for (let round = 0; round < 5; round += 1) {
    const asked = await ask();
    await answer(alice, asked.code);
    const both = await Promise.all([take(asked, nodeAt(0)), take(asked, nodeAt(1))].map(outcome));
    expect(both.toSorted()).toEqual(['link-used', 'ok']);
    expect(await outcome(take(asked))).toBe('link-used');
  }
});

test('of two people who answer one code at the same moment one is heard', async () => {
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const asked = await ask();
  const both = await Promise.all(
    [alice, mallory].map((person, index) =>
      outcome(person.call(linkingRoutes.answerLink, { body: { code: asked.code, isLetIn: true } }, nodeAt(index))),
    ),
  );
  expect(both.toSorted()).toEqual(['link-used', 'ok']);
  const taken = await take(asked);
  const winner = both[0] === 'ok' ? alice : mallory;
  expect(taken).toMatchObject({ state: 'signed-in', user: { id: winner.user.id } });
});

test('a refusal, an old code and a used one say so, to both sides', async () => {
  const alice = await aUser(app);
  const refused = await ask();
  await answer(alice, refused.code, false);
  expect(await outcome(take(refused))).toBe('link-refused');
  expect(await outcome(answer(alice, refused.code))).toBe('link-refused');

  const old = await ask();
  await letTimePass(old, 60);
  expect(await outcome(alice.call(linkingRoutes.lookAtLink, { body: { code: old.code } }))).toBe('link-over');
  expect(await outcome(answer(alice, old.code))).toBe('link-over');
  expect(await outcome(take(old))).toBe('link-over');

  const used = await ask();
  await answer(alice, used.code);
  expect(await outcome(answer(alice, used.code))).toBe('link-used');
  await take(used);
  expect(await outcome(answer(alice, used.code))).toBe('link-used');
  expect(await outcome(answer(alice, 'never made'))).toBe('link-over');
});

test('who was let in in the last second still gets in, and nobody much later', async () => {
  const alice = await aUser(app);
  const [late, tooLate] = [await ask(), await ask()];
  for (const { code } of [late, tooLate]) await answer(alice, code);
  await letTimePass(late, 62);
  await letTimePass(tooLate, 125);
  expect((await take(late)).state).toBe('signed-in');
  expect(await outcome(take(tooLate))).toBe('link-over');
});

test('a device that was signed out after it let another in has let nobody in', async () => {
  const alice = await aUser(app);
  const asked = await ask();
  await answer(alice, asked.code);
  await alice.call(authRoutes.signOut);
  expect(await outcome(take(asked))).toBe('link-over');
});

test('a browser gets its session as a cookie that no page can read', async () => {
  const alice = await aUser(app);
  const { linkId, secret, code } = await ask();
  await answer(alice, code);
  const response = await fetchRoute({
    url: app.url,
    route: linkingRoutes.takeLink,
    request: { body: { linkId, secret, keep: 'cookie' } },
    headers: { origin: app.url },
  });
  expect(response.headers.get('set-cookie')).toMatch(/^__Host-dialog=.*HttpOnly.*Secure/);
  expect(await response.json()).not.toHaveProperty('token');
});

test('the database knows none of the codes', async () => {
  const { code, shortCode, secret } = await ask();
  const rows = await app.app.db.rows('SELECT * FROM device_links');
  const bytes = rows.flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value)));
  for (const word of [code, shortCode, secret]) {
    for (const needle of [Buffer.from(word), Buffer.from(word, 'base64url')])
      expect(bytes.some((held) => held.includes(needle))).toBe(false);
  }
});
