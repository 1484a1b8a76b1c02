import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Dialog } from '../ui/Dialog.tsx';
import { Keys } from '../ui/Keys.tsx';
import styles from './KeysHelp.module.css';
import { keysHelpStore } from './keysHelp.ts';
import { SHORTCUTS } from './shortcuts.ts';

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
      <dl className={styles['list']}>
        {SHORTCUTS.map(({ keys, word }) => (
          <div key={word} className={styles['row']}>
            <dt>{t(word)}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
