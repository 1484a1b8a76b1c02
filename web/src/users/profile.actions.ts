import type { PersonChanges } from '@dialog/shared/chats';
import type { RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import type { UserId } from '@dialog/shared/contract/values';
import { profileRoutes } from '@dialog/shared/users.profile';
import type { Call } from '../platform/api.ts';
import { base64Of } from '../platform/base64.ts';

/** On a slow line a picture takes its time. */
const SLOWLY = { timeoutMs: 60_000 };

type Asked<Name extends keyof typeof profileRoutes> = RouteRequest<(typeof profileRoutes)[Name]>;

/** What one says of oneself, and what others say of themselves. Each rejects with an ApiError and changes nothing then. */
export interface ProfileActions {
  change(change: Asked<'changeProfile'>['body']): Promise<void>;
  changeUserName(userName: string): Promise<void>;
  /** Null: says nothing any more. */
  setStatus(status: Asked<'setStatus'>['body'] | null): Promise<void>;
  /** JPEG, square. */
  setAvatar(picture: Blob): Promise<void>;
  removeAvatar(): Promise<void>;
  read(userId: UserId): Promise<RouteReply<typeof profileRoutes.getProfile>>;
}

export function createProfileActions(call: Call, learn: (changes: PersonChanges) => void): ProfileActions {
  return {
    async change(body) {
      learn(await call(profileRoutes.changeProfile, { body }));
    },
    async changeUserName(userName) {
      learn(await call(profileRoutes.changeUserName, { body: { userName } }));
    },
    async setStatus(status) {
      learn(
        status ? await call(profileRoutes.setStatus, { body: status }) : await call(profileRoutes.removeStatus, {}),
      );
    },
    async setAvatar(picture) {
      const body = { picture: await base64Of(picture) };
      learn(await call(profileRoutes.setAvatar, { body }, SLOWLY));
    },
    async removeAvatar() {
      learn(await call(profileRoutes.removeAvatar, {}));
    },
    read: (userId) => call(profileRoutes.getProfile, { params: { userId } }),
  };
}
