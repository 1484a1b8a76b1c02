import type { ReactNode } from 'react';
import { AnswerLinkPage } from '../auth/AnswerLinkPage.tsx';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** The page that the picture of a new device leads to. */
export function LinkHere(): ReactNode {
  const { router } = useApp();
  const { call } = useSession();
  return <AnswerLinkPage call={call} onLeave={() => router.go({ name: 'home' }, { replace: true })} />;
}
