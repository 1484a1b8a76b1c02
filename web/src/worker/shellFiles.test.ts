import { expect, test } from 'vitest';
import { cacheNameOf, isPageRequest } from './shellFiles.ts';

test('another build has another cache, the same build the same', () => {
  const build = [
    { url: 'index.html', revision: 'a' },
    { url: 'assets/index-1.js', revision: null },
  ];
  expect(cacheNameOf(build)).toBe(cacheNameOf(structuredClone(build)));
  expect(cacheNameOf([{ url: 'index.html', revision: 'b' }])).not.toBe(cacheNameOf(build));
});

test('places in the app open from the cache; what the server serves itself, files and fetches do not', () => {
  for (const path of ['/', '/chat/018f2c5e-7a50-7cc1-b6b1-6ad1ef6f9d11', '/settings'])
    expect(isPageRequest('navigate', path)).toBe(true);
  for (const path of ['/api/openapi.json', '/api', '/metrics', '/healthz', '/outbox', '/icon.svg'])
    expect(isPageRequest('navigate', path)).toBe(false);
  expect(isPageRequest('cors', '/')).toBe(false);
});
