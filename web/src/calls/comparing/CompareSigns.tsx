import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Comparison } from '../call.store.ts';
import { useActive } from '../useCalls.ts';
import styles from './CompareSigns.module.css';
import { SIGNS, type Sign } from './signs.ts';

export function CompareSigns({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const other = useActive(({ people }) => people.find(({ isMe }) => !isMe)?.name ?? '');
  return comparison === 'forged' ? <Forged other={other} /> : <Signs comparison={comparison} other={other} />;
}

/** Nobody has to compare what is known to be wrong: it is said at once, and stays in sight. */
function Forged({ other }: { readonly other: string }): ReactNode {
  const { t } = useTranslation('comparing');
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button type="button" className={`${styles['chip']} ${styles['forged']}`} onClick={() => setOpen(true)}>
        <ShieldAlert aria-hidden="true" />
        <span>{t('forgedChip')}</span>
      </button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('forged')}
        description={t('forgedText', { name: other })}
      />
    </>
  );
}

interface SignsProps {
  readonly comparison: Exclude<Comparison, 'forged'>;
  readonly other: string;
}

/** The signs at a glance; a press says what they are for and what each is called. */
function Signs({ comparison, other }: SignsProps): ReactNode {
  const { t } = useTranslation('comparing');
  const [isOpen, setOpen] = useState(false);
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
