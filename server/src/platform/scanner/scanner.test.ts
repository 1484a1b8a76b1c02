import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createScanner } from './scanner.ts';

test('however large a file is, scanning it leaves nothing behind on its connection', async () => {
  const clamd = createServer((socket) => {
    socket.on('data', (bytes) => {
      // The empty piece that ends a file; no other ends in four zeros here.
      if (bytes.subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: OK\0');
      // Slower than the file comes.
      socket.pause();
      setTimeout(() => socket.resume(), 1);
    });
  }).listen(0, '127.0.0.1');
  await once(clamd, 'listening');
  const warnings: Error[] = [];
  const hear = (warning: Error): void => void warnings.push(warning);
  process.on('warning', hear);
  const { port } = clamd.address() as AddressInfo;
  const pieces = Array.from({ length: 400 }, () => Buffer.alloc(64 * 1024, 1));
  const bytes = async function* () {
    yield* pieces;
  };
  await createScanner({ host: '127.0.0.1', port }).scan({ size: 400 * 64 * 1024, bytes });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', hear);
  clamd.close();
  expect(warnings).toEqual([]);
});
