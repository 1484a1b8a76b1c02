import type { Chat } from '@dialog/shared/chats';
import { groupPicturePath } from '@dialog/shared/chats.pictures';

/** Up to here the small one is sharp, also where a pixel is two dots wide. */
const SMALL_UP_TO = 48;

/** Where the picture of a group is; none: its letters stand for it. */
export function groupPictureUrl({ pictureId }: Pick<Chat, 'pictureId'>, size: number): string | undefined {
  return pictureId && groupPicturePath(pictureId, size <= SMALL_UP_TO ? 'small' : 'large');
}
