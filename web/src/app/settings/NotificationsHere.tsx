import type { ReactNode } from 'react';
import { useLate } from '../../platform/late.ts';
import { NotificationSettings } from '../../push/NotificationSettings.tsx';
import { useApp } from '../useApp.ts';
import { useSession } from '../useSession.ts';

export function NotificationsHere(): ReactNode {
  const { router } = useApp();
  const session = useSession();
  const push = useLate(session.push);
  if (!push) return null;
  return (
    <NotificationSettings
      push={push}
      settings={session.settings}
      onOpenChat={(chatId) => router.go({ name: 'chat', chatId })}
    />
  );
}
