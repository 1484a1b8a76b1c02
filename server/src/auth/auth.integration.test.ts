import { authRoutes } from '@dialog/shared/auth';
import { chatRoutes } from '@dialog/shared/chats';
import { userRoutes } from '@dialog/shared/users';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/conversation.ts';
import {
  act,
  aUser,
  callRoute,
  connectSocket,
  fetchRoute,
  nextEvent,
  signInAgain,
  type ClientSocket,
  type Person,
} from '../testing/people.ts';
import { startTestApp, type TestApp } from '../testing/startTestApp.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ nodes: 2 });
});
afterAll(() => app.stop());

function closing(socket: ClientSocket): Promise<number> {
  return new Promise((resolve) => socket.once('disconnect', () => resolve(performance.now())));
}

async function signIn(userName: string, password: string) {
  const began = performance.now();
  const response = await fetchRoute({
    url: app.url,
    route: authRoutes.signIn,
    request: { body: { userName, password, keep: 'bearer' } },
  });
  const { requestId: _requestId, ...answer } = (await response.json()) as Record<string, unknown>;
  return {
    status: response.status,
    answer,
    headers: [...response.headers.keys()].toSorted(),
    tookMs: performance.now() - began,
  };
}

test('someone who is not here is answered like someone with another password', async () => {
  const alice = await aUser(app);
  const times = { wrong: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 7; round += 1) {
    const wrong = await signIn(alice.userName, 'not her password');
    const unknown = await signIn('nobody_has_this', 'not her password');
    expect({ ...unknown, tookMs: 0 }).toEqual({ ...wrong, tookMs: 0 });
    expect(wrong).toMatchObject({ status: 401, answer: { code: 'wrong-credentials' } });
    times.wrong.push(wrong.tookMs);
    times.unknown.push(unknown.tookMs);
  }
  // The fastest of each: both hash once, so neither can be several times the other.
  const ratio = Math.min(...times.unknown) / Math.min(...times.wrong);
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
});

test('a name is taken once, in whatever case it is typed', async () => {
  const alice = await aUser(app);
  await expect(aUser(app, { userName: alice.userName.toUpperCase() })).rejects.toThrow('user-name-taken');
  expect((await signIn(` ${alice.userName.toUpperCase()} `, alice.password)).status).toBe(200);
});

test('passwords that are guessed first are refused', async () => {
  await expect(aUser(app, { password: 'short' })).rejects.toThrow('password-too-short');
  await expect(aUser(app, { password: 'password1234' })).rejects.toThrow('password-too-common');
});

test('a browser gets a cookie that no script reads, and no token', async () => {
  const request = {
    body: { userName: `cookie_${Date.now()}`, displayName: 'C', password: 'correct horse battery', keep: 'cookie' },
  } as const;
  const response = await fetchRoute({ url: app.url, route: authRoutes.signUp, request, headers: { origin: app.url } });
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^__Host-dialog=[\w-]{43};/);
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute);
  expect(cookie).not.toContain('Domain');
  expect(await response.json()).not.toHaveProperty('token');
});

test('the database holds neither token nor password', async () => {
  const alice = await aUser(app);
  const rows = [
    ...(await app.app.db.rows<Record<string, unknown>>('SELECT * FROM sessions')),
    ...(await app.app.db.rows<Record<string, unknown>>('SELECT * FROM users')),
  ];
  const kept = Buffer.concat(
    rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
  );
  for (const form of [alice.token, Buffer.from(alice.token, 'base64url'), alice.password])
    expect(kept.indexOf(form)).toBe(-1);
});

test('signing out closes the sockets of that session, and only those, on both nodes within a second', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  const sockets = await Promise.all(app.nodes.map((node) => phone.connect(node)));
  const kept = await alice.connect();
  const told = sockets.map((socket) => nextEvent(socket, 'signedOut'));
  const closed = sockets.map(closing);
  const began = performance.now();
  await phone.call(authRoutes.signOut);
  await Promise.all(told);
  for (const at of await Promise.all(closed)) expect(at - began).toBeLessThan(1_000);
  expect((await act(kept, authRoutes.getMe)).user.id).toBe(alice.user.id);
  await expect(phone.connect()).rejects.toThrow('not-signed-in');
  kept.close();
});

test('a browser is asked to drop what it has cached, signed in or not, and keeps its session', async () => {
  const { cookie } = await aBrowser();
  for (const headers of [{ origin: app.url, cookie }, { origin: app.url }]) {
    const answer = await fetchRoute({ url: app.url, route: authRoutes.forgetHere, headers });
    expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([200, '"cache"']);
  }
  const me = await fetchRoute({ url: app.url, route: authRoutes.getMe, headers: { origin: app.url, cookie } });
  expect(me.status).toBe(200);
});

test('a session whose end the bus lost is found by looking', async () => {
  const alice = await aUser(app);
  const socket = await alice.connect();
  const closed = closing(socket);
  await app.app.db.run(
    'UPDATE sessions SET revoked_at = NOW(3) WHERE revoked_at IS NULL AND user_id = (SELECT id FROM users WHERE user_name = :userName)',
    {
      userName: alice.userName,
    },
  );
  const began = performance.now();
  expect((await closed) - began).toBeLessThan(12_000);
}, 20_000);

test('a changed password ends every other session and voids the token of this one', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  const phoneSocket = await phone.connect(app.nodes[1]);
  const closed = closing(phoneSocket);
  const body = { currentPassword: alice.password, newPassword: 'entirely other words' };
  const { token } = await alice.call(authRoutes.changePassword, { body });
  await closed;
  await expect(phone.call(authRoutes.getMe)).rejects.toThrow('not-signed-in');
  await expect(alice.call(authRoutes.getMe)).rejects.toThrow('not-signed-in');
  const headers = { authorization: `Bearer ${token}` };
  expect((await callRoute({ url: app.url, route: authRoutes.getMe, headers })).sessionId).toBe(alice.sessionId);
  expect((await signIn(alice.userName, alice.password)).status).toBe(401);
  expect((await signIn(alice.userName, body.newPassword)).status).toBe(200);
});

test('a session ends two weeks after its last use and thirty days after its begin', async () => {
  for (const [column, days] of [
    ['last_seen_at', 15],
    ['created_at', 31],
  ] as const) {
    const alice = await aUser(app);
    await app.app.db.run(
      `UPDATE sessions SET ${column} = NOW(3) - INTERVAL :days DAY WHERE user_id = (SELECT id FROM users WHERE user_name = :userName)`,
      {
        days,
        userName: alice.userName,
      },
    );
    await expect(alice.call(authRoutes.getMe)).rejects.toThrow('not-signed-in');
  }
});

test('people see their devices and end any of them, but nobody else’s', async () => {
  const alice = await aUser(app);
  const phone = await signInAgain(app, alice);
  const mallory = await aUser(app);
  const { sessions } = await alice.call(authRoutes.listSessions);
  expect(sessions.map(({ id, isThisOne }) => [id, isThisOne])).toEqual([
    [phone.sessionId, false],
    [alice.sessionId, true],
  ]);
  await expect(mallory.call(authRoutes.signOutSession, { params: { sessionId: phone.sessionId } })).rejects.toThrow(
    'session-not-found',
  );
  await phone.call(authRoutes.getMe);
  expect(await alice.call(authRoutes.signOutOthers)).toEqual({ signedOut: 1 });
  expect((await alice.call(authRoutes.listSessions)).sessions).toHaveLength(1);
});

test('the last use is written at most once a minute', async () => {
  const alice = await aUser(app);
  const seen = async () => (await alice.call(authRoutes.listSessions)).sessions[0]?.lastSeenAt;
  const first = await seen();
  await seen();
  expect(await seen()).toBe(first);
  await app.app.db.run('UPDATE sessions SET last_seen_at = last_seen_at - INTERVAL 2 MINUTE');
  await seen();
  await eventually(async () => ((await seen()) ?? '') >= (first ?? ''));
});

async function aBrowser(): Promise<{ cookie: string; person: Person }> {
  const person = await aUser(app);
  const request = { body: { userName: person.userName, password: person.password, keep: 'cookie' } } as const;
  const response = await fetchRoute({ url: app.url, route: authRoutes.signIn, request, headers: { origin: app.url } });
  return { person, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

test('a page of another site cannot act with the cookie of someone signed in', async () => {
  const { cookie } = await aBrowser();
  const signOutWith = async (headers: Record<string, string>) =>
    (await fetchRoute({ url: app.url, route: authRoutes.signOutOthers, headers: { cookie, ...headers } })).status;
  expect(await signOutWith({ origin: 'https://evil.example' })).toBe(403);
  expect(await signOutWith({ origin: 'null' })).toBe(403);
  expect(await signOutWith({ origin: `${app.url}.evil.example` })).toBe(403);
  expect(await signOutWith({ origin: app.url.replace('127.0.0.1', 'localhost.evil.example') })).toBe(403);
  expect(await signOutWith({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await signOutWith({})).toBe(403);
  expect(await signOutWith({ origin: app.url })).toBe(200);
});

test('another site can neither sign someone in nor send a form', async () => {
  const alice = await aUser(app);
  const request = { body: { userName: alice.userName, password: alice.password, keep: 'cookie' } } as const;
  const response = await fetchRoute({
    url: app.url,
    route: authRoutes.signIn,
    request,
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('a page of another site gets no socket, even with the cookie', async () => {
  const { cookie, person } = await aBrowser();
  const tryFrom = (headers: Record<string, string>) => connectSocket(app, undefined, { cookie, ...headers });
  await expect(tryFrom({ origin: 'https://evil.example' })).rejects.toThrow();
  await expect(tryFrom({ origin: 'null' })).rejects.toThrow();
  // Without an origin it is no browser, and only a token counts.
  await expect(tryFrom({})).rejects.toThrow('not-signed-in');
  const own = await tryFrom({ origin: app.url });
  expect((await act(own, authRoutes.getMe)).user.id).toBe(person.user.id);
  own.close();
});

test('a bearer token is never read from a cookie or a URL', async () => {
  const alice = await aUser(app);
  const get = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${app.url}${path}`, { headers })).status;
  expect(await get(`/api/auth/me?token=${alice.token}`)).not.toBe(200);
  expect(await get('/api/auth/me', { cookie: `token=${alice.token}` })).toBe(401);
  expect(await get('/api/auth/me', { authorization: alice.token })).toBe(401);
});

test('nobody is listed to strangers; who shared a chat is', async () => {
  const [alice, bob, carol] = [await aUser(app), await aUser(app), await aUser(app)];
  await alice.call(chatRoutes.createDirectChat, { body: { userId: bob.user.id } });
  const ids = [bob.user.id, carol.user.id];
  expect(await alice.call(userRoutes.listUsers, { body: { ids } })).toEqual({ users: [bob.user] });
  expect(await alice.call(userRoutes.findUser, { params: { userName: carol.userName } })).toEqual(carol.user);
  await expect(alice.call(userRoutes.findUser, { params: { userName: carol.userName.slice(0, -1) } })).rejects.toThrow(
    'user-not-found',
  );
});
