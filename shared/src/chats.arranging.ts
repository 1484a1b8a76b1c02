import * as z from 'zod/mini';
import { ChatSummary, PersonChanges } from './chats.ts';
import { CHATS_PER_FOLDER_MAX, Draft, DRAFT_TEXT_MAX, FolderName, NotificationLevel } from './chats.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, FolderId, Revision, Timestamp } from './contract/values.ts';

const chatParams = z.object({ chatId: ChatId });
const folderParams = z.object({ folderId: FolderId });
const chatIds = z.array(ChatId).check(z.maxLength(CHATS_PER_FOLDER_MAX));

/** A year: what was written longer ago than that is as old as can be. */
const AGO_MAX_MS = 31_536_000_000;

/** How a person keeps their own list. It reaches all their devices as `personChanged`, and nobody else. */
export const arrangingRoutes = defineRoutes({
  openNotes: {
    summary: "The person's chat with themselves; made on first use.",
    method: 'POST',
    path: '/chats/notes',
    access: 'session',
    carriers: 'both',
    limits: ['createChat'],
    reply: ChatSummary,
    errors: [],
  },
  arrangeChat: {
    summary: 'Changes how I keep a chat. What is not named stays.',
    method: 'PATCH',
    path: '/chats/:chatId/place',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: chatParams,
    body: z.object({
      /** Pinned below that chat, or above all when it names none; null takes the pin off. */
      pin: z.optional(z.nullable(z.object({ below: z.nullable(ChatId) }))),
      archivedAt: z.optional(z.nullable(Revision)),
      mutedUntil: z.optional(z.nullable(Timestamp)),
      /** Null: as my settings say. */
      level: z.optional(z.nullable(NotificationLevel)),
      isMarkedUnread: z.optional(z.boolean()),
    }),
    reply: PersonChanges,
    errors: ['chat-not-found', 'limit-reached'],
  },
  saveDraft: {
    summary: 'Keeps what I began to write; the latest words of all my devices stand.',
    method: 'PUT',
    path: '/chats/:chatId/draft',
    access: 'session',
    carriers: 'both',
    limits: ['saveDraft'],
    params: chatParams,
    body: z.object({
      text: z.string().check(z.maxLength(DRAFT_TEXT_MAX)),
      /** How long ago it was written: clocks of devices differ, the time between two moments of one does not. */
      agoMs: z.int().check(z.nonnegative(), z.maximum(AGO_MAX_MS)),
    }),
    /** What stands now, as of this revision of the person. */
    reply: z.object({ draft: z.nullable(Draft), revision: Revision }),
    errors: ['chat-not-found'],
  },
  createFolder: {
    summary: 'Makes a folder under the id the client chose; the same id again changes nothing.',
    method: 'POST',
    path: '/folders',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    body: z.object({ id: FolderId, name: FolderName, chatIds }),
    reply: PersonChanges,
    errors: ['chat-not-found', 'limit-reached'],
  },
  changeFolder: {
    summary: 'Changes a folder. What is not named stays.',
    method: 'PATCH',
    path: '/folders/:folderId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: folderParams,
    body: z.object({
      name: z.optional(FolderName),
      /** Moves it behind that folder, or to the front when it names none. */
      move: z.optional(z.object({ behind: z.nullable(FolderId) })),
      add: z.optional(chatIds),
      remove: z.optional(chatIds),
    }),
    reply: PersonChanges,
    errors: ['folder-not-found', 'chat-not-found', 'limit-reached'],
  },
  removeFolder: {
    summary: 'Removes a folder; its chats stay.',
    method: 'DELETE',
    path: '/folders/:folderId',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    params: folderParams,
    reply: PersonChanges,
    errors: ['folder-not-found'],
  },
});
