import * as z from 'zod/mini';
import { type Chat, ChatChanges, PersonChanges } from './chats.ts';
import type { ChatPlace } from './chats.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, Revision } from './contract/values.ts';

const chatParams = z.object({ chatId: ChatId });

/** Letting go of what was said. Nothing brings it back. */
export const clearingRoutes = defineRoutes({
  clearForMe: {
    summary: 'Clears the history up to a position for me alone, on all my devices. What all have cleared is removed.',
    method: 'POST',
    path: '/chats/:chatId/clear',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    /** The newest that I have seen: what comes meanwhile stays. */
    body: z.object({ position: Revision }),
    reply: PersonChanges,
    errors: ['chat-not-found'],
  },
  clearForEveryone: {
    summary: 'Clears the whole history for everyone and destroys its key. In groups: owners and admins.',
    method: 'POST',
    path: '/chats/:chatId/clear/everyone',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    reply: ChatChanges,
    errors: ['chat-not-found', 'not-allowed'],
  },
});

/** Nothing at or before this position stands to the person whose place it is. */
export function clearedPositionOf(
  chat: Pick<Chat, 'clearedPosition'>,
  place: Pick<ChatPlace, 'clearedPosition'>,
): number {
  return Math.max(chat.clearedPosition ?? 0, place.clearedPosition ?? 0);
}
