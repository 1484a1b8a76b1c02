import * as z from 'zod/mini';
import { PersonChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { SmallPicture } from './contract/smallPictures.ts';
import { ChatId, UserId } from './contract/values.ts';
import { type AvatarId, DisplayName, NewStatus, PersonDescription, PersonProfile, UserName } from './users.values.ts';

/** Sides in pixels: a picture of a person is a square, shown round. */
export const AVATAR_SIDES = { large: 256, small: 96 } as const;

export const AvatarSize = z.enum(['large', 'small']);
export type AvatarSize = z.infer<typeof AvatarSize>;

/** User names changed by one person within `USER_NAME_DAYS`; so long an old one finds them and is nobody else's. */
export const USER_NAME_CHANGES_MAX = 2;
export const USER_NAME_DAYS = 30;
/** So many chats in common are named. */
export const COMMON_CHATS_MAX = 20;

/**
 * `GET avatarPath(id, size)` serves it as WebP to whoever is signed in and was told its id, past the contract's routes.
 * Another picture has another id; what was replaced or removed is gone, so browsers ask each time whether it still is there.
 */
export function avatarPath(id: AvatarId, size: AvatarSize): string {
  return `/api/avatars/${id}/${size}`;
}

/** Told to one's own devices with the chat list (`PersonChanges.profile`), to others as a change of the member. */
export const profileRoutes = defineRoutes({
  changeProfile: {
    summary: 'Changes what I am called and what I say of myself. What is not named stays.',
    method: 'PATCH',
    path: '/profile',
    access: 'session',
    carriers: 'both',
    limits: ['changeProfile'],
    body: z
      .object({ displayName: z.optional(DisplayName), description: z.optional(PersonDescription) })
      .check(z.refine((change) => Object.keys(change).length > 0, { error: 'changes nothing' })),
    reply: PersonChanges,
    errors: [],
  },
  changeUserName: {
    summary:
      'Gives me another user name, twice in 30 days at most. The old one finds me, and signs me in, for 30 days. Told as a change of how I sign in.',
    method: 'PUT',
    path: '/profile/user-name',
    access: 'confirmed',
    carriers: 'both',
    limits: ['changeProfile'],
    body: z.object({ userName: UserName }),
    reply: PersonChanges,
    errors: ['user-name-taken', 'user-name-too-soon'],
  },
  setStatus: {
    summary: 'Says what I am doing, for good or until then.',
    method: 'PUT',
    path: '/profile/status',
    access: 'session',
    carriers: 'both',
    limits: ['setStatus'],
    body: NewStatus,
    reply: PersonChanges,
    errors: [],
  },
  removeStatus: {
    summary: 'Takes what I said I am doing away.',
    method: 'DELETE',
    path: '/profile/status',
    access: 'session',
    carriers: 'both',
    limits: ['setStatus'],
    reply: PersonChanges,
    errors: [],
  },
  setAvatar: {
    summary: 'Gives me this picture, cut to a square about its middle; of a moving one the first frame.',
    method: 'PUT',
    path: '/profile/avatar',
    access: 'session',
    // A frame of the socket is too small for it.
    carriers: 'http',
    limits: ['picture', 'changeProfile'],
    body: z.object({ picture: SmallPicture }),
    reply: PersonChanges,
    errors: ['picture-refused'],
  },
  removeAvatar: {
    summary: 'Takes my picture away.',
    method: 'DELETE',
    path: '/profile/avatar',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    reply: PersonChanges,
    errors: [],
  },
  getProfile: {
    summary: 'What a person says of themselves, for who shares or shared a chat with them, or may know them otherwise.',
    method: 'GET',
    path: '/users/:userId/profile',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: z.object({ userId: UserId }),
    reply: z.object({
      profile: PersonProfile,
      /** Groups that both are in now, a few. */
      commonChatIds: z.array(ChatId),
    }),
    errors: ['user-not-found'],
  },
});
