import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { scratchFolder } from '../testing/scratch.mjs';
import { findFreePort, isPortFree, openPorts } from './ports.mjs';

async function occupyTcp(port: number, host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(port, host, done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function occupyUdp(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  onTestFinished(() => void socket.close());
  return socket.address().port;
}

test('a service gets the same port at the next start', async () => {
  const data = scratchFolder();
  const port = await openPorts(data).claim('mysql');
  expect(await openPorts(data).claim('mysql')).toBe(port);
});

test('a port that somebody has taken meanwhile is changed, and the new one kept', async () => {
  const data = scratchFolder();
  const port = await openPorts(data).claim('mysql');
  await occupyTcp(port, '127.0.0.1');
  const changed = await openPorts(data).claim('mysql');
  expect(changed).not.toBe(port);
  expect(await openPorts(data).claim('mysql')).toBe(changed);
});

test('a port is taken when it is so for UDP, or on every address', async () => {
  expect(await isPortFree(await occupyUdp())).toBe(false);
  expect(await isPortFree(await occupyTcp(0, '0.0.0.0'))).toBe(false);
});

test('the usual port is used where it is free, and no two services get one', async () => {
  const ports = openPorts(scratchFolder());
  const preferred = await findFreePort();
  expect(await ports.claim('port', { preferred })).toBe(preferred);
  expect(await ports.claim('redis', { preferred })).not.toBe(preferred);
});
