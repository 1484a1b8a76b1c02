import type { ComponentType, ReactNode } from 'react';
import { AnswerLinkPage } from '../auth/AnswerLinkPage.tsx';
import { bringDeviceWords } from '../auth/deviceWords.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** The page that the picture of a new device leads to. */
function LinkHere(): ReactNode {
  const { router } = useApp();
  const { call } = useSession();
  return <AnswerLinkPage call={call} onLeave={() => router.go({ name: 'home' }, { replace: true })} />;
}

/** With its words. */
export async function loadLinkHere(): Promise<ComponentType> {
  await bringDeviceWords();
  return LinkHere;
}
