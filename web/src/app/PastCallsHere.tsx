import type { ReactNode } from 'react';
import { CallsPane } from '../calls/history/CallsPane.tsx';
import { useApp } from './useApp.ts';

/** All one's calls. */
export function PastCallsHere(): ReactNode {
  const { router } = useApp();
  return <CallsPane onBack={() => router.back()} onOpenChat={(chatId) => router.go({ name: 'chat', chatId })} />;
}
