import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import { afterEach, expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { MediaNews } from '../platform/livekit/livekit.ts';
import { createMediaPool } from '../platform/livekit/mediaPool.ts';
import { aMediaServer } from '../testing/mediaServers.ts';
import { createCallGate } from './calls.gate.ts';
import type { Call, CallRepository } from './calls.repository.ts';
import { createCallWebhooks } from './calls.webhooks.ts';
import { identityOf } from './identity.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call: Call = {
  ...{ id: newId<CallId>(), chatId: newId<ChatId>(), roomName: 'room', mediaServer: 'other', way: 'sfu' },
  ...{ startedBy: newId<UserId>(), startedAt: new Date(0), isVideo: false },
};
const identity = identityOf({ userId: newId<UserId>(), deviceId: newId<DeviceId>() });

/** A gate before a media server that writes down what it is told of who connects; the call is on `other`. */
async function aGate() {
  const seen: IncomingHttpHeaders[] = [];
  const media = createServer().on('upgrade', ({ headers }, socket) => {
    seen.push(headers);
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  });
  const url = new URL(await listening(media));
  const verifyToken = async () => ({ room: call.roomName, identity });
  const gate = createCallGate({
    db: {} as Database,
    calls: { findAllowed: async () => call, arrive: async () => {} } as unknown as CallRepository,
    pool: createMediaPool(['main', 'other'].map((name) => aMediaServer({ name, url, verifyToken }))),
    isAllowedOrigin: (origin) => origin === 'https://dialog.example',
    stir() {},
    onError(error) {
      throw error;
    },
  });
  const front = createServer().on('upgrade', (incoming, socket, head) => void gate.upgrade(incoming, socket, head));
  const address = await listening(front);
  return {
    seen,
    connect: (path: string, headers: Record<string, string> = {}) =>
      new Promise<number | undefined>((resolve, reject) => {
        const upgrade = { connection: 'Upgrade', upgrade: 'websocket', ...headers };
        request(address + path, { headers: upgrade })
          .on('response', (answer) => resolve(answer.resume().statusCode))
          .on('upgrade', (answer, socket) => resolve((socket.destroy(), answer.statusCode)))
          .on('error', reject)
          .end();
      }),
  };
}

test('a token opens the path of the media server that its call is on, and no other', async () => {
  const { connect, seen } = await aGate();
  expect(await connect('/rtc/main/rtc?access_token=t')).toBe(403);
  expect(await connect('/rtc/none/rtc?access_token=t')).toBe(403);
  expect(seen).toEqual([]);
  expect(await connect('/rtc/other/rtc?access_token=t')).toBe(101);
});

test('the media server hears the token that the gate has looked at, wherever it stood, and no second one', async () => {
  const { connect, seen } = await aGate();
  expect(await connect('/rtc/other/rtc', { authorization: 'Bearer theirs' })).toBe(101);
  expect(await connect('/rtc/other/rtc?access_token=first', { authorization: 'Bearer second' })).toBe(101);
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer theirs', 'Bearer first']);
});

test('the media server is told nothing of a browser but what a socket needs', async () => {
  const { connect, seen } = await aGate();
  const secrets = { cookie: '__Host-session=secret', authorization: 'Bearer secret', 'x-forwarded-for': '192.0.2.1' };
  await connect('/rtc/other/rtc?access_token=t', { ...secrets, 'sec-websocket-version': '13' });
  const told = ['authorization', 'connection', 'host', 'sec-websocket-version', 'upgrade'];
  expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual(told);
  expect(seen[0]?.authorization).toBe('Bearer t');
});

test.each([
  ['a page of another site', '/rtc/other/rtc?access_token=t', { origin: 'https://elsewhere.example' }],
  ['an address that is none', '/rtc/other//', {}],
])('%s is answered, and shut out', async (_who, path, headers) => {
  const { connect, seen } = await aGate();
  expect(await connect(path, headers)).toBe(403);
  expect(seen).toEqual([]);
});

test('what a media server tells counts for its own calls, and for no other’s', async () => {
  const stirred: CallId[] = [];
  const news: MediaNews = { event: 'participant_joined', room: call.roomName, identity };
  const signedBy = (key: string) => async (_body: string, by: string | undefined) => (by === key ? news : null);
  const webhooks = createCallWebhooks({
    db: {} as Database,
    calls: { findRunningByRoom: async () => call } as unknown as CallRepository,
    pool: createMediaPool(['main', 'other'].map((name) => aMediaServer({ name, readWebhook: signedBy(name) }))),
    stir: ({ id }) => void stirred.push(id),
  });
  expect(await webhooks.hear('{}', 'main')).toBe(true);
  expect(await webhooks.hear('{}', 'nobody')).toBe(false);
  expect(stirred).toEqual([]);
  expect(await webhooks.hear('{}', 'other')).toBe(true);
  expect(stirred).toEqual([call.id]);
});
