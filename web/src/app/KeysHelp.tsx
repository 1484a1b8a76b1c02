import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { keysHelpStore } from './keysHelp.ts';

const AppKeys = lazy(async () => ({ default: await (await import('./AppKeys.tsx')).loadAppKeys() }));

/** The list behind `?`. */
export function KeysHelp(): ReactNode {
  const { t } = useTranslation('app');
  const isOpen = useStore(keysHelpStore, (state) => state.isOpen);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => keysHelpStore.setState({ isOpen: false })}
      title={t('keys')}
      description={t('keysText')}
    >
      <Suspense>
        <AppKeys />
      </Suspense>
    </Dialog>
  );
}
