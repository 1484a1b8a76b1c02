import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { browserOf, isInstalled } from './browsers.ts';
import { install, installStore } from '../platform/installing.ts';

/** Where the browser can make an app of the page and has not yet. */
export function InstallSection(): ReactNode {
  const { t } = useTranslation('push');
  const canInstall = useStore(installStore, ({ offer }) => offer !== null);
  const isOnIos = browserOf(navigator) === 'ios' && !isInstalled();
  if (!canInstall && !isOnIos) return null;
  return (
    <Section
      title={t('install')}
      text={t(isOnIos ? 'installIos' : 'installHint')}
      anchor="install"
      action={
        canInstall && (
          <Button icon={<Download aria-hidden="true" />} onClick={() => void install().catch(() => undefined)}>
            {t('install')}
          </Button>
        )
      }
    >
      {null}
    </Section>
  );
}
