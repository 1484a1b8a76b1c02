import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ProxyTrust } from './clientAddress.ts';

/**
 * Own origin only, nothing inline, no eval; scripts only through the page's one Trusted Types policy (docs/adr/0016).
 * `wasm-unsafe-eval` lets WebAssembly be compiled, and no JavaScript (docs/adr/0038).
 */
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types dialog',
].join('; ');

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
} as const;

const HSTS = 'max-age=31536000';

/** On every answer. A part with its own page (the API's description) sets its own policy. */
export function sendSecurityHeaders(http: FastifyInstance, proxies: ProxyTrust): void {
  http.addHook('onSend', async (request, reply) => {
    reply.headers(HEADERS);
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', PAGE_POLICY);
    if (isOverTls(request, proxies)) reply.header('strict-transport-security', HSTS);
  });
}

function isOverTls({ socket, headers }: FastifyRequest, proxies: ProxyTrust): boolean {
  if ('encrypted' in socket && socket.encrypted === true) return true;
  return headers['x-forwarded-proto'] === 'https' && proxies.isTrusted(socket.remoteAddress);
}
