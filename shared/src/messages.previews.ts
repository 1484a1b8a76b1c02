import * as z from 'zod/mini';
import { ChatChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, MessageId } from './contract/values.ts';

export const messagePreviewRoutes = defineRoutes({
  removePreview: {
    summary: 'Takes the preview off my own message; it does not come back while the address stands.',
    method: 'DELETE',
    path: '/chats/:chatId/messages/:messageId/preview',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: z.object({ chatId: ChatId, messageId: MessageId }),
    reply: ChatChanges,
    errors: ['chat-not-found', 'message-not-found', 'not-allowed'],
  },
});
