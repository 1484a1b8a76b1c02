import { gifRoutes } from '@dialog/shared/gifs';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { AppError } from '../platform/appError.ts';
import type { Callers } from '../platform/http/callers.ts';
import type { Router } from '../platform/http/router.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import type { GifService } from './gifs.service.ts';

interface Deps {
  readonly router: Router;
  readonly http: FastifyInstance;
  readonly callers: Callers;
  readonly limiter: Limiter;
  readonly gifs: GifService;
}

const Params = z.object({ picture: z.string().check(z.regex(/^[\w-]{40,4000}$/)) });
/** Whatever the bytes are taken for, they run nothing and load nothing. */
const HEADERS = {
  'cache-control': 'private, max-age=86400, immutable',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  vary: 'cookie, authorization',
} as const;

export function serveGifs({ router, http, callers, limiter, gifs }: Deps): void {
  router.serve(gifRoutes.searchGifs, ({ body }) => gifs.search(body));
  router.serve(gifRoutes.takeGif, async ({ params, body }, caller) => ({
    attachment: await gifs.take(caller, { ...params, ...body }),
  }));
  http.get('/api/gifs/:picture', async (request, reply) => {
    const { userId } = await callers.signedIn(request);
    await limiter.take('file', userId);
    const params = z.safeParse(Params, request.params);
    if (!params.success) throw new AppError('gif-not-found');
    const { mime, bytes } = await gifs.picture(params.data.picture);
    return reply.headers({ ...HEADERS, 'content-type': mime }).send(bytes);
  });
}
