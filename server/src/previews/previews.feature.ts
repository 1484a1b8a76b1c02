import type { UserId } from '@dialog/shared/contract/values';
import type { Preview } from '@dialog/shared/previews.values';
import type { ChatChange } from '../chats/chats.change.ts';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { AppError } from '../platform/appError.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { Platform } from '../platform/platform.ts';
import { addressIn } from './previews.address.ts';
import { createPages, type Page } from './previews.pages.ts';
import { createRemaking } from './previews.picture.ts';
import { createPreviewPictures } from './previews.pictures.ts';
import { previewRepository as repository } from './previews.repository.ts';
import { servePreviewPictures } from './previews.routes.ts';

interface Deps extends Pick<
  Platform,
  'callers' | 'db' | 'egress' | 'http' | 'limiter' | 'log' | 'masterKey' | 'now' | 'pictures'
> {
  readonly chats: Pick<ChatService, 'clearedFor'>;
  readonly keys: Pick<ChatKeys, 'stored'>;
}

const SWEEP_EVERY_MS = 600_000;

export type Previews = ReturnType<typeof createPreviewFeature>;

/** What links lead to: found for messages, which decide when to ask and what to show. */
export function createPreviewFeature({ chats, keys, ...platform }: Deps) {
  const { callers, db, egress, http, limiter, log, masterKey, now } = platform;
  const remakePicture = createRemaking(platform.pictures);
  const pages = createPages({ db, repository, egress, remakePicture, masterKey, now });
  const pictures = createPreviewPictures({ db, repository, chats, keys });
  servePreviewPictures({ http, callers, limiter, pictures });

  return {
    addressIn,

    /** Null when there is nothing to show, or this person has asked for more than their share. */
    async find(askedBy: UserId, address: string): Promise<Page | null> {
      try {
        await limiter.take('preview', askedBy);
      } catch (error) {
        if (error instanceof AppError && error.code === 'rate-limited') return null;
        throw error;
      }
      return pages.pageOf(address);
    },

    /** The page as the message at this position shows it, with a picture of the message's own. */
    async make(
      change: ChatChange,
      { position, url }: { readonly position: number; readonly url: string },
      { words, picture }: Page,
    ): Promise<Preview> {
      return { url, ...words, ...(picture && { picture: await pictures.keep(change, position, picture) }) };
    },

    forget: pictures.forget,
    removeSome: pictures.removeSome,

    /** Begins what runs by itself; answers how to stop it. */
    start(): () => void {
      const onError = (error: unknown): void => log.warn({ err: error }, 'previews: old pages stay for now');
      return repeat(pages.removeExpired, { everyMs: SWEEP_EVERY_MS, onError });
    },
  };
}
