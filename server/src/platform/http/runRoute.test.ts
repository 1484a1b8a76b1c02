import { defineRoutes } from '@dialog/shared/contract/routes';
import { SessionId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { AppError } from '../appError.ts';
import { createRouter, type Handler } from './router.ts';
import { createRunRoute } from './runRoute.ts';

const { renameBoat, sinkBoat } = defineRoutes({
  renameBoat: {
    summary: 'Renames the boat.',
    method: 'POST',
    path: '/boats/:boatId/name',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: z.object({ boatId: z.string() }),
    body: z.object({ name: z.string() }),
    reply: z.object({ name: z.string() }),
    errors: [],
  },
  sinkBoat: {
    summary: 'Sinks the boat.',
    method: 'POST',
    path: '/boats/:boatId/sink',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    params: z.object({ boatId: z.string() }),
    reply: z.object({}),
    errors: [],
  },
});

const caller = {
  userId: z.parse(UserId, '01890000-0000-7000-8000-000000000001'),
  sessionId: z.parse(SessionId, '01890000-0000-7000-8000-000000000002'),
};
const context = {
  address: '192.0.2.1',
  userAgent: '',
  isBearer: false,
  setSessionCookie: () => undefined,
  clearCache: () => undefined,
};
const parts = { params: { boatId: 'b' }, body: { name: 'Alma' } };

function harbour(handle: Handler<typeof renameBoat>, isUsedUp = false) {
  const router = createRouter();
  router.serve(renameBoat, handle);
  const limiter = {
    take: async () => {
      if (isUsedUp) throw new AppError('rate-limited');
      return async () => undefined;
    },
  };
  const runRoute = createRunRoute({ limiter, isKnownAddress: async () => false, isConfirmed: async () => false });
  const [endpoint] = router.endpoints();
  return (request: { parts?: object; isSignedOut?: boolean } = {}) => {
    if (!endpoint) throw new Error('nothing is served');
    const who = request.isSignedOut ? undefined : caller;
    return runRoute(endpoint, { parts: { ...parts, ...request.parts }, caller: who, context });
  };
}

test('a field that the contract does not declare never leaves, whatever the handler answers', async () => {
  const act = harbour(async ({ body }) => ({ name: body.name, password_hash: 'secret' }));
  expect(await act()).toEqual({ name: 'Alma' });
});

test('an answer that lacks what the contract declares is a bug, not an answer', async () => {
  const act = harbour(async () => ({}) as never);
  await expect(act()).rejects.toThrow('answered something else than it declares');
});

test.each([
  ['a field too many', { body: { name: 'Alma', isAdmin: true } }],
  ['another type', { body: { name: ['Alma'] } }],
  ['a forbidden key', { body: JSON.parse('{"name":"Alma","__proto__":{}}') as object }],
  ['a query nobody declared', { query: { all: '1' } }],
])('%s is refused before the handler hears of it', async (_, given) => {
  let isHeard = false;
  const act = harbour(async ({ body }) => {
    isHeard = true;
    return body;
  });
  await expect(act({ parts: given })).rejects.toMatchObject({ code: 'invalid-request' });
  expect(isHeard).toBe(false);
});

test('without a session nobody gets as far as the limits, and with the limits used up nobody gets further', async () => {
  await expect(harbour(async ({ body }) => body, true)({ isSignedOut: true })).rejects.toMatchObject({
    code: 'not-signed-in',
  });
  await expect(harbour(async ({ body }) => body, true)()).rejects.toMatchObject({ code: 'rate-limited' });
});

test('what is dangerous is done only in a session that was just confirmed, and asked about each time', async () => {
  const router = createRouter();
  const sunk: string[] = [];
  router.serve(sinkBoat, async ({ params }) => {
    sunk.push(params.boatId);
    return {};
  });
  let isConfirmed = false;
  const limiter = { take: async () => async () => undefined };
  const runRoute = createRunRoute({
    limiter,
    isKnownAddress: async () => false,
    isConfirmed: async (sessionId) => isConfirmed && sessionId === caller.sessionId,
  });
  const [endpoint] = router.endpoints();
  if (!endpoint) throw new Error('nothing is served');
  const sink = (who: typeof caller | undefined) =>
    runRoute(endpoint, { parts: { params: parts.params }, caller: who, context });
  await expect(sink(undefined)).rejects.toMatchObject({ code: 'not-signed-in' });
  await expect(sink(caller)).rejects.toMatchObject({ code: 'confirmation-needed' });
  expect(sunk).toEqual([]);
  isConfirmed = true;
  await sink(caller);
  isConfirmed = false;
  await expect(sink(caller)).rejects.toMatchObject({ code: 'confirmation-needed' });
  expect(sunk).toEqual(['b']);
});
