import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { JoinPage } from '../invites/JoinPage.tsx';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** The page that a link into a group leads to. */
export function JoinHere({ code }: { readonly code: string }): ReactNode {
  const { router } = useApp();
  const { chats, invites } = useSession();
  const known = useStore(chats.sync.store, ({ list }) => list.chats);
  return (
    <JoinPage
      key={code}
      code={code}
      invites={invites}
      onJoined={(chatId) => router.go({ name: 'chat', chatId }, { replace: true })}
      onLeave={() => router.go({ name: 'home' }, { replace: true })}
      isIn={(chatId) => known.has(chatId)}
    />
  );
}
