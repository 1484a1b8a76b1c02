import type { FastifyInstance } from 'fastify';
import type { Limiter } from '../limits/limiter.ts';
import type { Callers } from './callers.ts';
import type { Caller } from './router.ts';

interface Deps {
  readonly http: FastifyInstance;
  readonly callers: Callers;
  readonly limiter: Limiter;
  /** With the parameters that `read` is given. */
  readonly path: `/api/${string}`;
  /** What an id names can be taken away, and then has to be gone in browsers too: they ask each time. */
  readonly mayGo?: boolean;
  /** WebP. @throws AppError when it is not there, or not for this person at this moment. */
  readonly read: (caller: Caller, params: unknown) => Promise<Buffer>;
}

/** Whatever the bytes are taken for, they run nothing and load nothing. What an id names never changes. */
const HEADERS = {
  'cache-control': 'private, max-age=31536000, immutable',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'content-type': 'image/webp',
  vary: 'cookie, authorization',
} as const;

/** Pictures small enough to be read whole, by plain GET: who asks may see them at this moment, each time. */
export function serveSmallPictures({ http, callers, limiter, path, mayGo = false, read }: Deps): void {
  http.get(path, async (request, reply) => {
    const caller = await callers.signedIn(request);
    await limiter.take('file', caller.userId);
    const bytes = await read(caller, request.params);
    const etag = `"${Object.values(request.params as Record<string, string>).join('-')}"`;
    void reply.headers({ ...HEADERS, ...(mayGo ? { 'cache-control': 'private, no-cache' } : {}), etag });
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(bytes);
  });
}
