import { expect, test } from 'vitest';
import { createProxyTrust } from './clientAddress.ts';
import { createHttpServer } from './httpServer.ts';
import { sendSecurityHeaders } from './securityHeaders.ts';

async function answerTo(headers: Readonly<Record<string, string>>, trustedProxies: readonly string[] = []) {
  const http = await createHttpServer();
  sendSecurityHeaders(http, createProxyTrust(trustedProxies));
  http.get('/', async (_request, reply) => reply.type('text/html').send('<p>'));
  return http.inject({ url: '/', headers });
}

test('a page may run what this origin serves and nothing else: no inline, no eval, no strings as scripts', async () => {
  const { headers } = await answerTo({});
  const policy = String(headers['content-security-policy']);
  // WebAssembly has no hands of its own: it is handed what it may call (docs/adr/0038).
  expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*|https?:/);
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]),
  );
});

test('an answer is no other type than it says, stays out of frames, and sends no address along', async () => {
  const { headers } = await answerTo({});
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
});

test('only a connection that was really over TLS is told to stay with TLS', async () => {
  const forwarded = { 'x-forwarded-proto': 'https' };
  expect((await answerTo(forwarded)).headers).not.toHaveProperty('strict-transport-security');
  expect((await answerTo(forwarded, ['127.0.0.1'])).headers).toHaveProperty('strict-transport-security');
});
