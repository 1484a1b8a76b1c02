import type { ReactNode } from 'react';
import { CallLayer } from '../calls/CallLayer.tsx';
import { recentEmojiOf } from '../emoji/recentEmoji.ts';
import { RecentEmojiContext } from '../emoji/useRecentEmoji.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** What there is of calls over the pages. */
export function CallsHere(): ReactNode {
  const { router } = useApp();
  const { storage } = useSession();
  return (
    <RecentEmojiContext value={recentEmojiOf(storage)}>
      <CallLayer onOpenChat={(chatId) => router.go({ name: 'chat', chatId })} />
    </RecentEmojiContext>
  );
}
