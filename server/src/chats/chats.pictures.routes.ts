import { groupPictureRoutes, GroupPictureSize } from '@dialog/shared/chats.pictures';
import { GroupPictureId } from '@dialog/shared/chats.values';
import * as z from 'zod/mini';
import { AppError } from '../platform/appError.ts';
import { serveSmallPictures } from '../platform/http/smallPictures.ts';
import type { Platform } from '../platform/platform.ts';
import type { GroupPictures } from './chats.pictures.ts';

const Params = z.object({ pictureId: GroupPictureId, size: GroupPictureSize });

export function serveGroupPictures(
  { router, http, callers, limiter }: Pick<Platform, 'router' | 'http' | 'callers' | 'limiter'>,
  pictures: GroupPictures,
): void {
  router.serve(groupPictureRoutes.setGroupPicture, ({ params, body }, { userId }) =>
    pictures.set({ ...params, actorId: userId }, Buffer.from(body.picture, 'base64')),
  );
  router.serve(groupPictureRoutes.removeGroupPicture, ({ params }, { userId }) =>
    pictures.remove({ ...params, actorId: userId }),
  );
  serveSmallPictures({
    ...{ http, callers, limiter },
    path: '/api/group-pictures/:pictureId/:size',
    read({ userId }, given) {
      const params = z.safeParse(Params, given);
      if (!params.success) throw new AppError('chat-not-found');
      return pictures.read(userId, params.data.pictureId, params.data.size);
    },
  });
}
