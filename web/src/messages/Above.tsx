import type { ChatSummary } from '@dialog/shared/chats';
import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { useDesk } from './useDesk.ts';

const MessageMenu = lazy(async () => ({ default: (await import('./MessageMenu.tsx')).MessageMenu }));
const DeskDialogs = lazy(async () => ({ default: (await import('./DeskDialogs.tsx')).DeskDialogs }));

/** What opens over a conversation or a thread; its code comes when it first does. */
export function Above({ summary }: { readonly summary: ChatSummary }): ReactNode {
  const { menu, dialog } = useStore(useDesk());
  return (
    <Suspense>
      {menu && <MessageMenu key={menu.message.id} summary={summary} message={menu.message} place={menu.place} />}
      {dialog && <DeskDialogs summary={summary} dialog={dialog} />}
    </Suspense>
  );
}
