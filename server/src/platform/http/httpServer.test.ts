import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer } from './httpServer.ts';

const BODY_TIMEOUT_MS = 200;
const stops: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function aServer() {
  const http = await createHttpServer(BODY_TIMEOUT_MS);
  stops.push(() => http.close());
  http.post('/short', async () => ({}));
  http.get('/long', (_request, reply) => reply.send(Readable.from(slowly(), { objectMode: false })));
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.post('/upload', { config: { hasLongBody: true } }, async ({ raw }) => {
      let length = 0;
      for await (const bytes of raw as AsyncIterable<Buffer>) length += bytes.length;
      return { length };
    });
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const address = http.server.address();
  if (address === null || typeof address === 'string') throw new Error('a port');
  return address.port;
}

async function* slowly() {
  for (let sent = 0; sent < 4; sent += 1) {
    yield Buffer.from('word ');
    await pause(BODY_TIMEOUT_MS / 2);
  }
}

/** A body of four bytes, one in each half of the time that a body has. */
async function dribble(port: number, path: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  let heard = '';
  socket.on('data', (bytes) => (heard += bytes.toString())).on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n`,
  );
  for (const piece of ['{', ' ', ' ', '}']) {
    socket.write(piece);
    await pause(BODY_TIMEOUT_MS / 2);
  }
  await closed;
  return heard;
}

test('a body that dribbles in is cut off, unless it is an upload', async () => {
  const port = await aServer();
  expect(await dribble(port, '/short')).toBe('');
  expect(await dribble(port, '/upload')).toContain('{"length":4}');
});

test('an answer may take its time', async () => {
  const port = await aServer();
  expect(await (await fetch(`http://127.0.0.1:${port}/long`)).text()).toBe('word word word word ');
});
