import { authRoutes } from '@dialog/shared/auth';
import { ChatId } from '@dialog/shared/contract/values';
import { messageRoutes } from '@dialog/shared/messages';
import { expect, test } from 'vitest';
import { ApiError, createCall } from './api.ts';

const chatId = ChatId.parse('018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11');
const user = { id: '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d12', userName: 'mira', displayName: 'Mira' };
const me = { user, sessionId: '018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d13' };

/** A server that answers everything with this and remembers what it was asked. */
function aServer(body: unknown, status = 200) {
  const asked: { url: string; method: string | undefined; body: unknown }[] = [];
  const send = async (url: unknown, init?: RequestInit) => {
    asked.push({ url: String(url), method: init?.method, body: init?.body });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(text, { status });
  };
  return { asked, fetch: send as typeof fetch };
}

function aSocket(answer: unknown, isConnected = true) {
  const acts: unknown[] = [];
  return {
    acts,
    isConnected: () => isConnected,
    act: async (act: unknown) => {
      acts.push(act);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (failure: unknown) => failure,
  );

test('an act goes over HTTP while there is no socket', async () => {
  const server = aServer({ readPosition: 7, unreadCount: 0 });
  const call = createCall({ fetch: server.fetch, socket: aSocket(undefined, false) });
  const read = await call(messageRoutes.markRead, { params: { chatId }, body: { position: 7 } });
  expect(read).toEqual({ readPosition: 7, unreadCount: 0 });
  expect(server.asked).toEqual([{ url: `/api/chats/${chatId}/read`, method: 'POST', body: '{"position":7}' }]);
});

test('an act goes over the socket while it is up, except what sets a cookie', async () => {
  const server = aServer({});
  const socket = aSocket({ ok: true, reply: { readPosition: 7, unreadCount: 0 } });
  const call = createCall({ fetch: server.fetch, socket });
  await call(messageRoutes.markRead, { params: { chatId }, body: { position: 7 } });
  await call(authRoutes.signOut, {});
  expect(socket.acts).toEqual([{ route: 'markRead', input: { params: { chatId }, body: { position: 7 } } }]);
  expect(server.asked.map(({ url }) => url)).toEqual(['/api/auth/sign-out']);
});

test('an act too long for one frame goes over HTTP, where it fits', async () => {
  const server = aServer({
    changes: { from: 0, revision: 0, chats: [], gone: [], marks: [], folders: null },
    hasMore: false,
  });
  const socket = aSocket({ ok: true, reply: {} });
  const known = Array.from({ length: 1_000 }, () => ({ chatId, revision: 1 }));
  await createCall({ fetch: server.fetch, socket })(messageRoutes.syncChats, { body: { since: 0, known } });
  expect(socket.acts).toEqual([]);
  expect(server.asked.map(({ url }) => url)).toEqual(['/api/sync']);
});

test('a refusal keeps its code and when to come back, over either carrier', async () => {
  const refused = { code: 'rate-limited', requestId: 'r1', retryAfterSeconds: 4 };
  const overHttp = createCall({ fetch: aServer(refused, 429).fetch });
  const overSocket = createCall({ socket: aSocket({ ok: false, error: refused }) });
  for (const call of [overHttp, overSocket]) {
    const failure = await failureOf(call(authRoutes.listSessions, {}));
    expect(failure).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 4, requestId: 'r1' });
  }
});

test('a server that is away is offline, whether the network or a proxy in front says so', async () => {
  const noNetwork = createCall({ fetch: () => Promise.reject(new TypeError('failed to fetch')) });
  const proxy = createCall({ fetch: aServer('<h1>Bad gateway</h1>', 502).fetch });
  for (const call of [noNetwork, proxy])
    expect(await failureOf(call(authRoutes.getMe, {}))).toMatchObject({ code: 'offline' });
});

test('an answer that does not fit the contract is a failure and never reaches the page', async () => {
  const call = createCall({ fetch: aServer({ user: 'mira' }).fetch });
  expect(await failureOf(call(authRoutes.getMe, {}))).toMatchObject({ code: 'internal' });
});

test('an answer that never comes is given up after its time', async () => {
  const call = createCall({
    fetch: (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      }),
  });
  expect(await failureOf(call(authRoutes.getMe, {}, { timeoutMs: 5 }))).toMatchObject({ code: 'timeout' });
});

test('who gives up an act gets their own reason back, over either carrier', async () => {
  const never = new Promise<never>(() => undefined);
  const overSocket = createCall({ socket: { isConnected: () => true, act: () => never } });
  const giveUp = new AbortController();
  const given = failureOf(overSocket(authRoutes.getMe, {}, { signal: giveUp.signal }));
  giveUp.abort(new Error('page left'));
  expect(await given).toEqual(new Error('page left'));
});

test('the first call to meet the end of the session tells it', async () => {
  let ended = 0;
  const call = createCall({
    fetch: aServer({ code: 'not-signed-in', requestId: 'r1' }, 401).fetch,
    onSignedOut: () => void (ended += 1),
  });
  await failureOf(call(authRoutes.getMe, {}));
  expect(ended).toBe(1);
});

test('who is signed in is read as the contract says', async () => {
  expect(await createCall({ fetch: aServer(me).fetch })(authRoutes.getMe, {})).toEqual(me);
  expect(new ApiError('busy').code).toBe('busy');
});

test('an act that needs its person to confirm first is done after they did, and not when they would not', async () => {
  const refused = { ok: false, error: { code: 'confirmation-needed', requestId: 'r1' } };
  for (const isWilling of [true, false]) {
    const acts: unknown[] = [];
    const socket = {
      isConnected: () => true,
      act: async (act: unknown) => (acts.push(act) === 1 ? refused : { ok: true, reply: { signedOut: 2 } }),
    };
    const call = createCall({ socket, confirm: async () => isWilling });
    const answer = await call(authRoutes.signOutOthers, {}).catch((failure: unknown) => failure);
    expect(acts).toHaveLength(isWilling ? 2 : 1);
    if (isWilling) expect(answer).toEqual({ signedOut: 2 });
    else expect(answer).toMatchObject({ code: 'confirmation-needed' });
  }
});
