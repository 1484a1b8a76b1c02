import type { ComponentProps, ReactNode } from 'react';
import { recentEmojiOf } from '../emoji/recentEmoji.ts';
import { RecentEmojiContext } from '../emoji/useRecentEmoji.ts';
import { ThreadPane } from '../messages/ThreadPane.tsx';
import { useSession } from './useSession.ts';

/** A thread beside its conversation. */
export function ThreadHere(props: ComponentProps<typeof ThreadPane>): ReactNode {
  const { storage } = useSession();
  return (
    <RecentEmojiContext value={recentEmojiOf(storage)}>
      <ThreadPane {...props} />
    </RecentEmojiContext>
  );
}
