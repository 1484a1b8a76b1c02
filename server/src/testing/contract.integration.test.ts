import type { Route } from '@dialog/shared/contract/routes';
import { clientSignals, routes, serverEvents, type RouteName } from '@dialog/shared/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleRequests } from './examples.ts';
import { aUser, connectSocket, fetchRoute, sendAct, type ClientSocket, type Person } from './people.ts';
import { startTestApp, type TestApp } from './startTestApp.ts';

let app: TestApp;
let alice: Person;
let socket: ClientSocket;

beforeAll(async () => {
  app = await startTestApp();
  alice = await aUser(app);
  socket = await alice.connect();
});
afterAll(async () => {
  socket.close();
  await app.stop();
});

type Parts = Partial<Record<'params' | 'query' | 'body', unknown>>;
const all = Object.entries(routes) as [RouteName, Route][];
const examples = exampleRequests() as Record<RouteName, Parts>;

/** Everything that is not what the route declares, made from what is. */
function malformed(name: RouteName, route: Route): Array<readonly [string, Parts]> {
  const example = examples[name];
  const variants: Array<readonly [string, Parts]> = [];
  for (const part of ['params', 'query', 'body'] as const) {
    const given = example[part] as Record<string, unknown> | undefined;
    variants.push([`an unknown key in ${part}`, { ...example, [part]: { ...given, surprise: 1 } }]);
    variants.push([`__proto__ in ${part}`, { ...example, [part]: JSON.parse(`{"__proto__":{"isAdmin":true}}`) }]);
    variants.push([`a list as ${part}`, { ...example, [part]: [given ?? 1] }]);
    for (const [key, value] of Object.entries(given ?? {})) {
      const wrongs = wrongFor(value).filter((wrong) => wrong !== null || !takesNull(route[part], key));
      for (const wrong of wrongs) {
        variants.push([
          `${JSON.stringify(wrong)} as ${part}.${key}`,
          { ...example, [part]: { ...given, [key]: wrong } },
        ]);
      }
    }
  }
  return variants;
}

/** Where it says something: a name that is taken away, a rule that is no longer its own. */
function takesNull(part: Route['params' | 'query' | 'body'], key: string): boolean {
  const def = (part as z.core.$ZodTypes | undefined)?._zod.def;
  const field = def?.type === 'object' ? def.shape[key] : undefined;
  return field !== undefined && z.safeParse(field, null).success;
}

function wrongFor(value: unknown): unknown[] {
  if (typeof value === 'string') return [1, true, null, {}, [], [value], { toString: value }];
  // NaN and Infinity become null in JSON; a number as text is what coercion would let through.
  if (typeof value === 'number') return [Number.NaN, -1, 1.5, '1', 1e300, null, {}, [value]];
  return [{}, 'text', 1, null, [{}], [null], [[value]], { 0: value, length: 1 }];
}

async function codeOverHttp(route: Route, request: Parts, token?: string): Promise<string> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetchRoute({ url: app.url, route, request, headers });
  const answer = (await response.json()) as { code?: string };
  return response.ok ? 'ok' : (answer.code ?? `status ${response.status}`);
}

async function codeOverAct(name: string, request: unknown): Promise<string> {
  const answer = await sendAct(socket, name, request);
  return answer.ok ? 'ok' : answer.error.code;
}

describe('every route of the contract', () => {
  test.each(all)('%s is served', async (name, route) => {
    expect(await codeOverHttp(route, examples[name])).not.toBe('route-not-found');
  });

  test.each(all.filter(([, route]) => route.access !== 'public'))('%s refuses the signed-out', async (name, route) => {
    expect(await codeOverHttp(route, examples[name])).toBe('not-signed-in');
    expect(await codeOverHttp(route, examples[name], 'A'.repeat(43))).toBe('not-signed-in');
  });

  test.each(all.filter(([, route]) => route.carriers === 'http'))('%s is not carried by a socket', async (name) => {
    expect(await codeOverAct(name, examples[name])).toBe('route-not-found');
  });

  test.each(all.filter(([, route]) => route.carriers === 'both'))(
    '%s refuses over a socket what it does not declare',
    async (name, route) => {
      for (const [what, request] of malformed(name, route)) {
        expect(await codeOverAct(name, request), what).toBe('invalid-request');
      }
    },
  );

  test.each(all.filter(([, route]) => route.body !== undefined))(
    '%s refuses over HTTP a body it does not declare',
    async (name, route) => {
      for (const [what, request] of malformed(name, route)) {
        if (request.params !== examples[name].params || request.query !== examples[name].query) continue;
        expect(await codeOverHttp(route, request, alice.token), what).toBe('invalid-request');
      }
    },
  );

  test.each(all.filter(([, route]) => route.params !== undefined))(
    '%s refuses ids in the URL that are none',
    async (name, route) => {
      for (const key of Object.keys(examples[name].params ?? {})) {
        for (const wrong of ['1', '%00', "' OR 1=1 --", '__proto__', 'x'.repeat(150)]) {
          const request = { ...examples[name], params: { ...(examples[name].params as object), [key]: wrong } };
          expect(await codeOverHttp(route, request, alice.token), `${wrong} as ${key}`).toBe('invalid-request');
        }
      }
    },
  );

  test.each(all)('%s refuses a query it does not declare', async (name, route) => {
    expect(await codeOverHttp(route, { ...examples[name], query: { surprise: '1' } }, alice.token)).toBe(
      'invalid-request',
    );
  });
});

test.each([
  null,
  1,
  'act',
  [],
  {},
  { route: 1, input: {} },
  { route: 'getMe' },
  { route: 'getMe', input: {}, extra: 1 },
  { route: '__proto__', input: {} },
  { route: 'constructor', input: {} },
])('an act that is none is refused: %j', async (act) => {
  const answer = (await socket.timeout(5_000).emitWithAck('act', act as never)) as {
    ok: boolean;
    error: { code: string };
  };
  expect(answer.ok).toBe(false);
  expect(['invalid-request', 'route-not-found']).toContain(answer.error.code);
});

test('a body that is no JSON object is refused, whatever it calls itself', async () => {
  const send = (type: string, body: string) =>
    fetch(`${app.url}/api/chats/groups`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${alice.token}` },
      body,
    });
  const bodies = [
    ['application/json', '{'],
    ['application/json', '{"__proto__":{}}'],
    ['application/json', '{"constructor":{"prototype":{}}}'],
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', 'title=x'],
    ['multipart/form-data; boundary=x', '--x--'],
  ] as const;
  for (const [type, body] of bodies) {
    expect((await send(type, body)).status, `${type}: ${body}`).toBe(400);
  }
});

test('a body over a megabyte is too large', async () => {
  const response = await fetch(`${app.url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'x'.repeat(1_100_000) }),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 'too-large' });
});

test('a frame over 64 kB ends the connection and nothing else', async () => {
  const big = await connectSocket(app, alice.token);
  const closed = new Promise((resolve) => big.once('disconnect', resolve));
  big.emit('act', { route: 'getMe', input: { body: 'x'.repeat(70_000) } }, () => {});
  await closed;
  expect(await codeOverAct('getMe', {})).toBe('ok');
});

test('the running server describes exactly the contract', async () => {
  const openapi = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const described = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
  );
  const contract = all.map(([name, { method, path }]) => `${name} ${method} /api${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(described.toSorted()).toEqual(contract.toSorted());

  const events = (await (await fetch(`${app.url}/api/events.json`)).json()) as Record<
    'fromServer' | 'fromClient',
    object
  >;
  expect(Object.keys(events.fromServer)).toEqual(Object.keys(serverEvents));
  expect(Object.keys(events.fromClient)).toEqual(Object.keys(clientSignals));
});
