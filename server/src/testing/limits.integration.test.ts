import { authRoutes } from '@dialog/shared/auth';
import { userRoutes } from '@dialog/shared/users';
import { afterEach, expect, test } from 'vitest';
import { eventually } from './conversation.ts';
import {
  act,
  aUser,
  callRoute,
  connectSocket,
  fetchRoute,
  nextEvent,
  type ClientSocket,
  type Refused,
} from './people.ts';
import { startTestApp, testServices, type TestApp, type TestAppOptions } from './startTestApp.ts';
import { startTcpProxy } from './tcpProxy.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function anApp(options: TestAppOptions): Promise<TestApp> {
  const app = await startTestApp(options);
  stops.push(app.stop);
  return app;
}

/** How many of so many tries get through, and the first refusal. */
async function tries(count: number, attempt: () => Promise<unknown>): Promise<{ through: number; refusal: unknown }> {
  let through = 0;
  let refusal: unknown;
  for (let tried = 0; tried < count; tried += 1) {
    await attempt().then(
      () => (through += 1),
      (error: unknown) => (refusal ??= error),
    );
  }
  return { through, refusal };
}

const wrong = (url: string, userName: string, headers: Record<string, string> = {}) =>
  fetchRoute({
    url,
    route: authRoutes.signIn,
    request: { body: { userName, password: 'a wrong guess', keep: 'bearer' } },
    headers,
  });

test('guessing the password of one account ends after ten tries, on all nodes together, and says when to come back', async () => {
  const app = await anApp({ nodes: 2, limits: { signInPerAccount: 10 }, config: { trustedProxies: ['127.0.0.1'] } });
  const statuses: number[] = [];
  let last: Response | undefined;
  for (let guess = 0; guess < 12; guess += 1) {
    last = await wrong(app.nodes[guess % 2]?.url ?? '', 'someone', { 'x-forwarded-for': `198.51.100.${guess}` });
    statuses.push(last.status);
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await last?.json()).toMatchObject({ code: 'rate-limited', retryAfterSeconds: expect.any(Number) as number });
});

test('strangers who guess cannot keep the owner out of a place where they signed in before', async () => {
  const app = await anApp({ limits: { signInPerAccount: 5 }, config: { trustedProxies: ['127.0.0.1'] } });
  const alice = await aUser(app);
  for (let guess = 0; guess < 8; guess += 1)
    await wrong(app.url, alice.userName, { 'x-forwarded-for': '198.51.100.7' });
  expect((await wrong(app.url, alice.userName, { 'x-forwarded-for': '198.51.100.8' })).status).toBe(429);
  const body = { userName: alice.userName, password: alice.password, keep: 'bearer' } as const;
  expect(await callRoute({ url: app.url, route: authRoutes.signIn, request: { body } })).toMatchObject({
    user: { id: alice.user.id },
  });
});

test('one address, and one IPv6 network, signs up so often and no more', async () => {
  const app = await anApp({ limits: { signUpPerAddress: 3 }, config: { trustedProxies: ['127.0.0.1'] } });
  const from = (address: string) => (index: number) => {
    const body = {
      userName: `x${index}_${address.replaceAll(/\W/g, '_')}`,
      displayName: 'X',
      password: 'correct horse battery',
      keep: 'bearer',
    } as const;
    return callRoute({
      url: app.url,
      route: authRoutes.signUp,
      request: { body },
      headers: { 'x-forwarded-for': `${address}${address.endsWith(':') ? index + 1 : ''}` },
    });
  };
  let index = 0;
  expect((await tries(5, () => from('203.0.113.5')((index += 1)))).through).toBe(3);
  expect((await tries(5, () => from('2001:db8:9:9::')((index += 1)))).through).toBe(3);
  expect((await tries(1, () => from('2001:db8:9:8::')((index += 1)))).through).toBe(1);
});

test('an address that is not a trusted proxy cannot hide behind a header', async () => {
  const app = await anApp({ limits: { signInPerAddress: 3 } });
  const statuses = [];
  for (let guess = 0; guess < 5; guess += 1)
    statuses.push((await wrong(app.url, `n${guess}`, { 'x-forwarded-for': `198.51.100.${guess}` })).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
});

test('a limit counts both carriers together, and a person may act again later', async () => {
  const app = await anApp({ limits: { findUser: 6 } });
  const alice = await aUser(app);
  const socket = await alice.connect();
  const request = { params: { userName: alice.userName } };
  expect((await tries(4, () => act(socket, userRoutes.findUser, request))).through).toBe(4);
  const { through, refusal } = await tries(4, () => alice.call(userRoutes.findUser, request));
  expect(through).toBe(2);
  expect((refusal as Refused).reply).toMatchObject({
    code: 'rate-limited',
    retryAfterSeconds: expect.any(Number) as number,
  });
  socket.close();
});

test.each(['cut', 'hang'] as const)(
  'while Redis is away (%s) limits hold in memory, acts go on, and nobody waits long',
  async (how) => {
    const proxy = await startTcpProxy(testServices().redisUrl);
    stops.push(() => proxy.stop());
    const app = await anApp({ limits: { findUser: 10 }, config: { redisUrl: proxy.url } });
    const alice = await aUser(app);
    proxy[how]();
    const waits: number[] = [];
    const { through } = await tries(20, async () => {
      const began = performance.now();
      await alice
        .call(userRoutes.findUser, { params: { userName: alice.userName } })
        .finally(() => waits.push(performance.now() - began));
    });
    // Half of what all nodes together would give.
    expect(through).toBe(5);
    expect(Math.max(...waits)).toBeLessThan(1_000);
    expect((await alice.call(authRoutes.getMe)).user.id).toBe(alice.user.id);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    await eventually(async () => (await fetch(`${app.url}/readyz`)).status === 503, 10_000);
    proxy.heal();
    await eventually(async () => (await fetch(`${app.url}/readyz`)).status === 200, 10_000);
  },
  40_000,
);

test('a database that hangs makes acts fail within seconds by name, the node not ready, and nothing else', async () => {
  const proxy = await startTcpProxy(testServices().databaseUrl);
  stops.push(() => proxy.stop());
  const configOf = (_index: number, { databaseUrl }: { databaseUrl: string }) => ({
    databaseUrl: databaseUrl.replace(new URL(databaseUrl).host, new URL(proxy.url).host),
  });
  const app = await anApp({ configOf });
  const alice = await aUser(app);
  proxy.hang();
  const began = performance.now();
  const acts = Array.from({ length: 40 }, () =>
    alice.call(authRoutes.getMe).catch((error: unknown) => (error as Refused).reply.code),
  );
  await eventually(async () => (await fetch(`${app.url}/readyz`)).status === 503, 5_000);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  expect(new Set(await Promise.all(acts))).toEqual(new Set(['busy']));
  expect(performance.now() - began).toBeLessThan(9_000);
  proxy.heal();
  await eventually(async () => (await alice.call(authRoutes.getMe).catch(() => undefined)) !== undefined, 8_000);
}, 40_000);

test('a flood of events is dropped, and who goes on with it is cut off', async () => {
  const app = await anApp({ limits: { eventsPerSecond: 30, eventsBurst: 60 } });
  const [alice, mallory] = [await aUser(app), await aUser(app)];
  const [quiet, loud] = [await alice.connect(), await mallory.connect()];
  const codes: string[] = [];
  const closed = new Promise((resolve) => loud.once('disconnect', resolve));
  for (let sent = 0; sent < 100; sent += 1)
    loud.emit('act', { route: 'getMe', input: {} }, (answer) => codes.push(answer.ok ? 'ok' : answer.error.code));
  await eventually(() => codes.length === 100);
  const through = codes.filter((code) => code === 'ok').length;
  expect(through).toBeGreaterThanOrEqual(60);
  expect(through).toBeLessThan(80);
  for (let sent = 0; sent < 200; sent += 1) (loud as unknown as { emit(name: string): void }).emit('nonsense');
  await closed;
  expect((await act(quiet, authRoutes.getMe)).user.id).toBe(alice.user.id);
  quiet.close();
});

test('a person, and an address, has so many sockets and no more', async () => {
  const app = await anApp({ limits: { socketsPerUser: 3, socketsPerAddress: 5 } });
  const [alice, bob] = [await aUser(app), await aUser(app)];
  const sockets: ClientSocket[] = [];
  for (let opened = 0; opened < 3; opened += 1) sockets.push(await alice.connect());
  await expect(alice.connect()).rejects.toThrow('rate-limited');
  await eventually(async () =>
    bob.connect().then(
      (socket) => Boolean(sockets.push(socket)),
      () => false,
    ),
  );
  await eventually(async () =>
    bob.connect().then(
      (socket) => Boolean(sockets.push(socket)),
      () => false,
    ),
  );
  await expect(bob.connect()).rejects.toThrow();
  sockets[0]?.close();
  await eventually(async () =>
    bob.connect().then(
      (socket) => Boolean(sockets.push(socket)),
      () => false,
    ),
  );
  for (const socket of sockets) socket.close();
});

test('a connection on which nobody signs in is closed after five seconds', async () => {
  const app = await anApp({});
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const opened = await new Promise<number>((resolve) =>
    socket.addEventListener('open', () => resolve(performance.now()), { once: true }),
  );
  const closed = await new Promise<number>((resolve) =>
    socket.addEventListener('close', () => resolve(performance.now()), { once: true }),
  );
  expect(closed - opened).toBeLessThan(6_500);
}, 15_000);

test('who does not read is cut off before it costs much, and everyone else hears on', async () => {
  const app = await anApp({});
  const [alice, sloth] = [await aUser(app), await aUser(app)];
  const [reading, stuck] = [await alice.connect(), await sloth.connect()];
  const raw = (stuck.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } }).ws._socket;
  raw.pause();
  for (const socket of app.app.sockets.allLocalSockets()) socket.join('crowd');
  // Far beyond what the kernel's buffers take.
  const payload = { chatId: '0'.repeat(200_000), userId: 'x' } as never;
  for (let told = 0; told < 120; told += 1) {
    app.app.sockets.tellLocal('crowd', 'typed', payload);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await eventually(() => [...app.app.sockets.allLocalSockets()].length === 1);
  const heard = nextEvent(reading, 'typed');
  app.app.sockets.tellLocal('crowd', 'typed', payload);
  await heard;
  reading.close();
  stuck.close();
});

test('stopping lets acts end, turns everyone away softly and is not ready meanwhile', async () => {
  const app = await anApp({ nodes: 2 });
  const alice = await aUser(app);
  const node = app.nodes[1];
  if (!node) throw new Error('two nodes');
  const socket = await alice.connect(node);
  const reason = new Promise((resolve) => socket.once('disconnect', resolve));
  const answers = Array.from({ length: 20 }, () => act(socket, authRoutes.getMe));
  // Sent, and taken in by the node.
  await answers[0];
  await node.app.stop({ drainMs: 200 });
  expect(await Promise.all(answers)).toHaveLength(20);
  // After this one a client comes back by itself; after `io server disconnect` it would not.
  expect(await reason).toBe('transport close');
  await expect(connectSocket(node, alice.token)).rejects.toThrow();
});
