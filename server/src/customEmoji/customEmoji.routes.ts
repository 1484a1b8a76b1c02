import { customEmojiRoutes, CustomEmojiId, CustomEmojiVariant } from '@dialog/shared/customEmoji';
import * as z from 'zod/mini';
import { AppError } from '../platform/appError.ts';
import { serveSmallPictures } from '../platform/http/smallPictures.ts';
import type { Platform } from '../platform/platform.ts';
import type { CustomEmojiService } from './customEmoji.service.ts';

const Params = z.object({ emojiId: CustomEmojiId, variant: CustomEmojiVariant });

export function serveCustomEmoji(
  { router, http, callers, limiter }: Pick<Platform, 'router' | 'http' | 'callers' | 'limiter'>,
  customEmoji: CustomEmojiService,
): void {
  router.serve(customEmojiRoutes.listCustomEmoji, ({ params }, { userId }) => customEmoji.list(userId, params.chatId));
  router.serve(customEmojiRoutes.addCustomEmoji, ({ params, body: { id, name, picture } }, { userId }) =>
    customEmoji.add({ ...params, actorId: userId }, { id, name, original: Buffer.from(picture, 'base64') }),
  );
  router.serve(customEmojiRoutes.renameCustomEmoji, ({ params: { chatId, emojiId }, body }, { userId }) =>
    customEmoji.rename({ chatId, actorId: userId }, emojiId, body.name),
  );
  router.serve(customEmojiRoutes.removeCustomEmoji, ({ params: { chatId, emojiId } }, { userId }) =>
    customEmoji.remove({ chatId, actorId: userId }, emojiId),
  );
  serveSmallPictures({
    ...{ http, callers, limiter },
    path: '/api/custom-emoji/:emojiId/:variant',
    read({ userId }, given) {
      const params = z.safeParse(Params, given);
      if (!params.success) throw new AppError('emoji-not-found');
      return customEmoji.read(userId, params.data.emojiId, params.data.variant);
    },
  });
}
