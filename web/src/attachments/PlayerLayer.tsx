import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { useAttachments } from './useAttachments.ts';

const PlayerBar = lazy(async () => ({ default: (await import('./PlayerBar.tsx')).PlayerBar }));

/** Above what one reads, while a sound of another chat goes on. */
export function PlayerLayer({ openChatId }: { readonly openChatId: ChatId | undefined }): ReactNode {
  const isElsewhere = useStore(
    useAttachments().player.store,
    ({ track }) => track !== null && track.chatId !== openChatId,
  );
  return (
    isElsewhere && (
      <Suspense>
        <PlayerBar />
      </Suspense>
    )
  );
}
