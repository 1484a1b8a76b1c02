import type { TakeFile } from '../attachments/attachments.taking.ts';
import type { ChatService } from '../chats/chats.service.ts';
import { createEgress } from '../platform/egress/egress.ts';
import type { Platform } from '../platform/platform.ts';
import { createGiphy } from './gifs.giphy.ts';
import { createGifPictures } from './gifs.pictures.ts';
import { serveGifs } from './gifs.routes.ts';
import { createGifService } from './gifs.service.ts';

interface Neighbours {
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly takeFile: TakeFile;
}

/** A panel asks for two dozen pictures at once. They keep no preview waiting. */
const AT_ONCE = 12;
const TIMEOUT_MS = 10_000;

export interface GifFeature {
  readonly isThere: boolean;
  stop(): void;
}

/** All of GIFs on the server. Without a key it answers that there are none. */
export function createGifFeature(platform: Platform, { chats, takeFile }: Neighbours): GifFeature {
  const { config, db, masterKey, now } = platform;
  const egress = createEgress({ allow: config.egressAllow, atOnce: AT_ONCE, timeoutMs: TIMEOUT_MS });
  const giphy = config.giphy && createGiphy(config.giphy, egress);
  const pictures = createGifPictures({ egress, masterKey, now });
  const gifs = createGifService({ db, chats, giphy, pictures, takeFile });
  serveGifs({ ...platform, gifs });
  return { isThere: gifs.isThere, stop: egress.stop };
}
