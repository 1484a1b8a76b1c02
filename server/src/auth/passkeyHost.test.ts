import { expect, test } from 'vitest';
import { passkeyHost } from './passkeyHost.ts';

test.each([
  ['https://chat.example.org', 'chat.example.org'],
  ['https://chat.example.org:8443', 'chat.example.org'],
  ['http://localhost:3000', 'localhost'],
  ['http://chat.example.org', undefined],
  ['http://127.0.0.1:3000', undefined],
  ['https://192.0.2.7', undefined],
  ['https://[2001:db8::1]', undefined],
])('passkeys of %s belong to %s', (origin, host) => {
  expect(passkeyHost(origin)).toBe(host);
});
