import * as z from 'zod/mini';
import { Attachment } from './attachments.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { AttachmentId, ChatId } from './contract/values.ts';

/** As much as Giphy takes. */
export const GIF_WORDS_MAX = 50;
export const GIFS_PAGE = 24;
const GIF_OFFSET_MAX = 4_999;

/** As Giphy names it. */
const GifId = z.string().check(z.regex(/^[A-Za-z0-9]{1,64}$/));

/** What a search offers; its picture is at `gifPicturePath`. */
export const Gif = z.object({
  id: GifId,
  /** What is to be seen, in words; may be empty. */
  title: z.string(),
  /** Of the small picture. */
  width: z.int(),
  height: z.int(),
  /** Sealed by the server: names the small picture, for a day. */
  picture: z.string(),
});
export type Gif = z.infer<typeof Gif>;

/** Plain GET for who is signed in; the server fetches it from Giphy. */
export function gifPicturePath({ picture }: Pick<Gif, 'picture'>): string {
  return `/api/gifs/${picture}`;
}

export const gifRoutes = defineRoutes({
  searchGifs: {
    summary: 'GIFs for these words, or what is liked at the moment; the server asks Giphy.',
    method: 'POST',
    path: '/gifs/search',
    access: 'session',
    carriers: 'both',
    limits: ['gifs'],
    body: z.object({
      words: z.string().check(z.trim(), z.maxLength(GIF_WORDS_MAX)),
      language: z.string().check(z.regex(/^[a-z]{2}$/)),
      offset: z.int().check(z.minimum(0), z.maximum(GIF_OFFSET_MAX)),
    }),
    reply: z.object({ gifs: z.array(Gif), nextOffset: z.nullable(z.int()) }),
    errors: ['gifs-unavailable'],
  },
  takeGif: {
    summary: 'Makes a GIF a file of this chat, under this id, ready to be posted; the same again answers the same.',
    method: 'POST',
    path: '/chats/:chatId/gifs',
    access: 'session',
    carriers: 'both',
    limits: ['gifs'],
    params: z.object({ chatId: ChatId }),
    body: z.object({ id: AttachmentId, gifId: GifId }),
    reply: z.object({ attachment: Attachment }),
    errors: [
      'chat-not-found',
      'gif-not-found',
      'gifs-unavailable',
      'id-taken',
      'attachment-not-found',
      'upload-busy',
      'file-too-large',
      'file-infected',
      'picture-refused',
      'scanner-unavailable',
      'quota-used-up',
      'storage-full',
    ],
  },
});
