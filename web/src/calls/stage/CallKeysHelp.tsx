import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { Keys } from '../../ui/Keys.tsx';
import styles from './CallKeysHelp.module.css';
import { type CallAct, KEYS } from './callKeys.ts';

interface CallKeysHelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The list behind `?` in a call. */
export function CallKeysHelp({ isOpen, onClose }: CallKeysHelpProps): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('keys')} description={t('keysText')}>
      <dl className={styles['list']}>
        {ORDER.map((act) => (
          <div key={act} className={styles['row']}>
            <dt>{t(`key_${act}`)}</dt>
            <dd>
              <Keys keys={KEYS[act]} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

const ORDER = Object.keys(KEYS).filter((act): act is CallAct => act in KEYS);
