import type { Attachment } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId } from '@dialog/shared/contract/values';
import type { Gif } from '@dialog/shared/gifs';
import type { TakeFile } from '../attachments/attachments.taking.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import type { Database } from '../platform/database.ts';
import type { Caller } from '../platform/http/router.ts';
import { createKept } from '../platform/kept.ts';
import { GIF_BYTES_MAX, type Giphy, type GiphyGif, type GiphyQuestion } from './gifs.giphy.ts';
import type { GifPictures } from './gifs.pictures.ts';

interface Deps {
  readonly db: Database;
  readonly chats: Pick<ChatService, 'requireMember'>;
  /** Null: no key is set, there are no GIFs. */
  readonly giphy: Giphy | null;
  readonly pictures: GifPictures;
  readonly takeFile: TakeFile;
}

interface Found {
  readonly gifs: Gif[];
  readonly nextOffset: number | null;
}

/** What is liked changes by the hour; who scrolls and goes back asks the same. */
const KEPT_MS = 300_000;
const PAGES_KEPT = 500;

export type GifService = ReturnType<typeof createGifService>;

/** GIFs are Giphy's until somebody picks one: then it is a file of the chat like any other. */
export function createGifService({ db, chats, giphy, pictures, takeFile }: Deps) {
  const pages = createKept<Found>({ weightMax: PAGES_KEPT, weightOf: () => 1, forMs: KEPT_MS });

  function requireGiphy(): Giphy {
    if (!giphy) throw new AppError('gifs-unavailable', 'no key');
    return giphy;
  }

  async function ask(question: GiphyQuestion): Promise<Found> {
    const { gifs, next } = await requireGiphy().search(question);
    const shown = gifs.map(({ id, title, small: { url, width, height } }) => ({
      ...{ id, title, width, height },
      picture: pictures.addressOf(url),
    }));
    return { gifs: shown, nextOffset: next };
  }

  /** The best that is to be had: one with too many frames or bytes has smaller ones beside it. */
  async function takeBest(caller: Caller, gif: GiphyGif, place: { id: AttachmentId; chatId: ChatId }) {
    let refusal = new AppError('gif-not-found');
    for (const rendition of gif.renditions) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the next is for when this one was refused
        const { mime, bytes } = await pictures.fetch(rendition, GIF_BYTES_MAX);
        const name = `${gif.title || 'giphy'}.${mime.slice('image/'.length)}`;
        // oxlint-disable-next-line no-await-in-loop -- as above
        return await takeFile(caller, { ...place, name, bytes });
      } catch (error) {
        if (!(error instanceof AppError) || !MAY_TRY_NEXT.has(error.code)) throw error;
        refusal = error;
      }
    }
    throw refusal;
  }

  return {
    isThere: giphy !== null,

    search(question: GiphyQuestion): Promise<Found> {
      const words = question.words.toLowerCase();
      return pages.get(JSON.stringify([words, question.language, question.offset]), () => ask(question));
    },

    async take(
      caller: Caller,
      { gifId, ...place }: { readonly gifId: string; readonly id: AttachmentId; readonly chatId: ChatId },
    ): Promise<Attachment> {
      await chats.requireMember(db, caller.userId, place.chatId);
      return takeBest(caller, await requireGiphy().find(gifId), place);
    },

    picture: pictures.read,
  };
}

const MAY_TRY_NEXT: ReadonlySet<string> = new Set(['gif-not-found', 'picture-refused', 'file-too-large']);
