import type { ChatId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { useEmojiByName } from '../customEmoji/useCustomEmoji.ts';
import { OwnEmojiContext } from '../emoji/ownEmoji.ts';
import { recentEmojiOf } from '../emoji/recentEmoji.ts';
import { RecentEmojiContext } from '../emoji/useRecentEmoji.ts';
import { GifsContext } from '../gifs/useGifs.ts';
import { useSession } from './useSession.ts';

interface PickingContextsProps {
  readonly chatId: ChatId;
  readonly children: ReactNode;
}

/** What can be picked where one writes in a chat: emoji lately used, those of the group, GIFs. */
export function PickingContexts({ chatId, children }: PickingContextsProps): ReactNode {
  const { customEmoji, gifs, storage } = useSession();
  const ownEmoji = useEmojiByName(customEmoji, chatId);
  return (
    <RecentEmojiContext value={recentEmojiOf(storage)}>
      <OwnEmojiContext value={ownEmoji}>
        <GifsContext value={gifs}>{children}</GifsContext>
      </OwnEmojiContext>
    </RecentEmojiContext>
  );
}
