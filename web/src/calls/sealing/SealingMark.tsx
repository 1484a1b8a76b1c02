import { Lock, LockOpen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useActive } from '../useCalls.ts';
import styles from './SealingMark.module.css';

/** In a sealed call: that it is one, what it protects from and what not, and the code that all can compare. */
export function SealingMark(): ReactNode {
  const { t } = useTranslation('calls');
  const isComplete = useActive(({ sealing }) => sealing !== null && sealing.waitingFor.length === 0);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t(isComplete ? 'sealing-on' : 'sealing-giving')} onClick={() => setOpen(true)}>
        {isComplete ? <Lock /> : <LockOpen />}
      </IconButton>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('sealing-title')}>
        <Explanation />
      </Dialog>
    </>
  );
}

function Explanation(): ReactNode {
  const { t } = useTranslation('calls');
  const code = useActive(({ sealing }) => sealing?.code ?? null);
  const waitingFor = useActive(({ people, sealing }) =>
    people
      .filter(({ identity }) => sealing?.waitingFor.includes(identity))
      .map(({ name }) => name)
      .join(', '),
  );
  return (
    <div className={styles['explanation']}>
      <p>{t('sealing-what')}</p>
      {waitingFor !== '' && <output>{t('sealing-waiting', { names: waitingFor })}</output>}
      {code !== null && (
        <>
          <p>{t('sealing-compare')}</p>
          <output className={styles['code']}>{code}</output>
        </>
      )}
      <p className={styles['limits']}>{t('sealing-not')}</p>
      <p className={styles['limits']}>{t('sealing-price')}</p>
    </div>
  );
}
