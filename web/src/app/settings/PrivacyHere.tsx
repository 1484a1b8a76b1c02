import type { ReactNode } from 'react';
import { PrivacySettings } from '../../people/PrivacySettings.tsx';
import { useApp } from '../useApp.ts';
import { useSession } from '../useSession.ts';
import { Choices } from './Choices.tsx';

export function PrivacyHere(): ReactNode {
  const { router } = useApp();
  const { settings } = useSession();
  return (
    <PrivacySettings
      settings={settings}
      onShowBlocked={() => router.go({ name: 'people' })}
      renderAudience={(choice) => <Choices {...choice} />}
    />
  );
}
