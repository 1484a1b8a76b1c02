import { AvatarId } from '@dialog/shared/users';
import { AvatarSize, profileRoutes } from '@dialog/shared/users.profile';
import * as z from 'zod/mini';
import { AppError } from '../platform/appError.ts';
import { serveSmallPictures } from '../platform/http/smallPictures.ts';
import type { Platform } from '../platform/platform.ts';
import type { ProfileService } from './users.profiles.ts';

const Params = z.object({ avatarId: AvatarId, size: AvatarSize });

export function serveProfiles(
  { router, http, callers, limiter }: Pick<Platform, 'router' | 'http' | 'callers' | 'limiter'>,
  profiles: ProfileService,
): void {
  router.serve(profileRoutes.changeProfile, ({ body }, { userId }) => profiles.changeProfile(userId, body));
  router.serve(profileRoutes.changeUserName, ({ body }, caller) => profiles.changeUserName(caller, body.userName));
  router.serve(profileRoutes.setStatus, ({ body }, { userId }) => profiles.setStatus(userId, body));
  router.serve(profileRoutes.removeStatus, (_input, { userId }) => profiles.setStatus(userId, null));
  router.serve(profileRoutes.setAvatar, ({ body }, { userId }) =>
    profiles.setAvatar(userId, Buffer.from(body.picture, 'base64')),
  );
  router.serve(profileRoutes.removeAvatar, (_input, { userId }) => profiles.removeAvatar(userId));
  router.serve(profileRoutes.getProfile, ({ params }, { userId }) => profiles.getProfile(userId, params.userId));
  serveSmallPictures({
    ...{ http, callers, limiter },
    path: '/api/avatars/:avatarId/:size',
    mayGo: true,
    async read(_caller, given) {
      const params = z.safeParse(Params, given);
      if (!params.success) throw new AppError('user-not-found');
      return profiles.readAvatar(params.data.avatarId, params.data.size);
    },
  });
}
