import { Server } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useActive } from '../useCalls.ts';
import styles from './SealingMark.module.css';

/** In a call of two that the server could listen to: that it is so, and why it need not stay so. */
export function OpenMark(): ReactNode {
  const { t } = useTranslation('stage');
  const wasDirect = useActive((call) => call.wasDirect);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t('open-mark')} onClick={() => setOpen(true)}>
        <Server />
      </IconButton>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('open-title')}>
        <div className={styles['explanation']}>
          <p>{t('open-text')}</p>
          {wasDirect && <p>{t('open-again')}</p>}
        </div>
      </Dialog>
    </>
  );
}
