import * as z from 'zod/mini';
import { ChatChanges } from './chats.ts';
import type { GroupPictureId } from './chats.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { SmallPicture } from './contract/smallPictures.ts';
import { ChatId } from './contract/values.ts';

/** Sides in pixels: a picture of a group is a square. */
export const GROUP_PICTURE_SIDES = { large: 256, small: 96 } as const;

export const GroupPictureSize = z.enum(['large', 'small']);
export type GroupPictureSize = z.infer<typeof GroupPictureSize>;

/**
 * `GET groupPicturePath(id, size)` serves it as WebP to the members of the chat, past the contract's routes. What an id
 * names never changes; another picture has another id, and this one is gone.
 */
export function groupPicturePath(id: GroupPictureId, size: GroupPictureSize): string {
  return `/api/group-pictures/${id}/${size}`;
}

const chatParams = z.object({ chatId: ChatId });

export const groupPictureRoutes = defineRoutes({
  setGroupPicture: {
    summary: 'Gives the group this picture, cut to a square about its middle. Owners and admins.',
    method: 'PUT',
    path: '/chats/:chatId/picture',
    access: 'session',
    // A frame of the socket is too small for it.
    carriers: 'http',
    limits: ['picture'],
    params: chatParams,
    body: z.object({ picture: SmallPicture }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'picture-refused'],
  },
  removeGroupPicture: {
    summary: 'Takes the picture of the group away. Owners and admins.',
    method: 'DELETE',
    path: '/chats/:chatId/picture',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed'],
  },
});
