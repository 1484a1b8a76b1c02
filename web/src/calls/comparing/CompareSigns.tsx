import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Comparison } from '../call.store.ts';
import { useActive } from '../useCalls.ts';
import styles from './CompareSigns.module.css';
import { SIGNS, type Sign } from './signs.ts';

/** The signs at a glance; a press says what they are for and what each is called. */
export function CompareSigns({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const { t } = useTranslation('comparing');
  const [isOpen, setOpen] = useState(false);
  const other = useActive(({ people }) => people.find(({ isMe }) => !isMe)?.name ?? '');
  const signs = comparison.flatMap((index) => SIGNS[index] ?? []);
  const names = signs.map((sign) => t(`sign.${sign}`));
  return (
    <>
      <button
        type="button"
        className={styles['chip']}
        aria-label={t('compare', { name: other, signs: names.join(', ') })}
        onClick={() => setOpen(true)}
      >
        <ShieldCheck aria-hidden="true" />
        <span aria-hidden="true">{signs.join(' ')}</span>
      </button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('compareTitle')}
        description={t('compareText', { name: other })}
      >
        <ul className={styles['signs']}>
          {signs.map((sign, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same sign may stand in two places
            <SignWithName key={place} sign={sign} />
          ))}
        </ul>
        <p className={styles['note']}>{t('compareDiffer')}</p>
      </Dialog>
    </>
  );
}

function SignWithName({ sign }: { readonly sign: Sign }): ReactNode {
  const { t } = useTranslation('comparing');
  return (
    <li className={styles['sign']}>
      <span className={styles['picture']} aria-hidden="true">
        {sign}
      </span>
      {t(`sign.${sign}`)}
    </li>
  );
}
