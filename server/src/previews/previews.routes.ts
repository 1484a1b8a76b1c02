import { PreviewPictureId } from '@dialog/shared/previews.values';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { AppError } from '../platform/appError.ts';
import type { Callers } from '../platform/http/callers.ts';
import type { Limiter } from '../platform/limits/limiter.ts';
import type { PreviewPictures } from './previews.pictures.ts';

interface Deps {
  readonly http: FastifyInstance;
  readonly callers: Callers;
  readonly limiter: Limiter;
  readonly pictures: Pick<PreviewPictures, 'read'>;
}

const Params = z.object({ pictureId: PreviewPictureId });

/** Whatever the bytes are taken for, they run nothing and load nothing. What an id names never changes. */
const HEADERS = {
  'cache-control': 'private, max-age=31536000, immutable',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'content-type': 'image/webp',
  vary: 'cookie, authorization',
} as const;

/** Pictures by plain GET: who asks may see them at this moment, each time. */
export function servePreviewPictures({ http, callers, limiter, pictures }: Deps): void {
  http.get('/api/previews/:pictureId', async (request, reply) => {
    const { userId } = await callers.signedIn(request);
    await limiter.take('file', userId);
    const params = z.safeParse(Params, request.params);
    if (!params.success) throw new AppError('message-not-found');
    return reply.headers(HEADERS).send(await pictures.read(userId, params.data.pictureId));
  });
}
