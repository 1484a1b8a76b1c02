import * as z from 'zod/mini';
import { ChatChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { SmallPicture } from './contract/smallPictures.ts';
import { ChatId, EmojiName, Revision, Timestamp, UserId } from './contract/values.ts';

export const CUSTOM_EMOJI_MAX = 100;

export const CustomEmojiId = z.uuid().brand<'CustomEmojiId'>();
export type CustomEmojiId = z.infer<typeof CustomEmojiId>;

/** A picture that a group uses as an emoji. In texts and as a reaction it is `:name:`, in that group alone. */
export const CustomEmoji = z.object({
  id: CustomEmojiId,
  name: EmojiName,
  /** Then there is `moving` besides `still`. */
  isMoving: z.optional(z.literal(true)),
  madeBy: UserId,
  madeAt: Timestamp,
});
export type CustomEmoji = z.infer<typeof CustomEmoji>;

export const CustomEmojiVariant = z.enum(['still', 'moving']);
export type CustomEmojiVariant = z.infer<typeof CustomEmojiVariant>;

/**
 * `GET customEmojiPath(id, variant)` serves it as WebP, its longer side 96 at most, to the members of the chat, past the
 * contract's routes. What an id names never changes.
 */
export function customEmojiPath(id: CustomEmojiId, variant: CustomEmojiVariant): string {
  return `/api/custom-emoji/${id}/${variant}`;
}

const chatParams = z.object({ chatId: ChatId });
const emojiParams = z.object({ chatId: ChatId, emojiId: CustomEmojiId });

export const customEmojiRoutes = defineRoutes({
  listCustomEmoji: {
    summary: 'All emoji that a group has made for itself, as of `emojiRevision` of its chat or later.',
    method: 'GET',
    path: '/chats/:chatId/emoji',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    params: chatParams,
    reply: z.object({ emoji: z.array(CustomEmoji), revision: Revision }),
    errors: ['chat-not-found'],
  },
  addCustomEmoji: {
    summary: 'Makes an emoji under the id the client chose; the same id again changes nothing. Owners and admins.',
    method: 'POST',
    path: '/chats/:chatId/emoji',
    access: 'session',
    // A frame of the socket is too small for it.
    carriers: 'http',
    limits: ['picture'],
    params: chatParams,
    body: z.object({ id: CustomEmojiId, name: EmojiName, picture: SmallPicture }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'picture-refused', 'emoji-name-taken', 'limit-reached', 'id-taken'],
  },
  renameCustomEmoji: {
    summary: 'Gives an emoji another name; what was written with the old one shows that as text. Owners and admins.',
    method: 'PATCH',
    path: '/chats/:chatId/emoji/:emojiId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: emojiParams,
    body: z.object({ name: EmojiName }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'emoji-not-found', 'emoji-name-taken'],
  },
  removeCustomEmoji: {
    summary: 'Removes an emoji and its picture; where it was used its name stands as text. Owners and admins.',
    method: 'DELETE',
    path: '/chats/:chatId/emoji/:emojiId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: emojiParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed', 'emoji-not-found'],
  },
});
