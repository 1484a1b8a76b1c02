import * as z from 'zod/mini';
import { defineRoutes } from './contract/routes.ts';
import { ChatId, Revision, Timestamp, UserId } from './contract/values.ts';
import { Message, type TextContent } from './messages.values.ts';
import { User } from './users.values.ts';

/** Hits in one answer. */
export const SEARCH_PAGE = 20;
export const SEARCH_WORDS_MAX = 200;

/** What a message can hold besides words. */
export const SearchKind = z.enum(['picture', 'video', 'audio', 'voice', 'file', 'link']);
export type SearchKind = z.infer<typeof SearchKind>;

/** All that people read of a message and may look for: what was said, and what its files are called. */
export function searchedText({ text, attachments = [] }: TextContent): string {
  return [text, ...attachments.map(({ name }) => name)].filter((part) => part !== '').join(' · ');
}

/** A place among all hits of a question, newest first. */
const SearchCursor = z.object({ postedAt: Timestamp, chatId: ChatId, position: Revision });

/** A message that was found, with as much of its chat as it takes to name it. */
const SearchHit = z.object({
  message: Message,
  chat: z.object({
    id: ChatId,
    kind: z.enum(['direct', 'group', 'notes']),
    title: z.nullable(z.string()),
    /** The other one of a direct chat. */
    peer: z.nullable(User),
  }),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const searchRoutes = defineRoutes({
  searchMessages: {
    summary: 'Messages of my chats that hold all of these words, newest first; the last word may be a beginning.',
    method: 'POST',
    path: '/search',
    access: 'session',
    carriers: 'both',
    limits: ['search'],
    body: z.object({
      words: z.string().check(z.maxLength(SEARCH_WORDS_MAX)),
      /** Only in this chat. */
      chatId: z.optional(ChatId),
      /** Only by this person. */
      senderId: z.optional(UserId),
      /** Posted at this time or later. */
      from: z.optional(Timestamp),
      /** Posted before this time. */
      to: z.optional(Timestamp),
      /** With at least one of these in them. */
      kinds: z.optional(z.array(SearchKind).check(z.maxLength(10))),
      /** Only what comes after this place; `next` of the page before. */
      before: z.optional(SearchCursor),
    }),
    reply: z.object({
      hits: z.array(SearchHit),
      /** Where the next page begins; null when this was the last. */
      next: z.nullable(SearchCursor),
    }),
    errors: ['chat-not-found'],
  },
});
