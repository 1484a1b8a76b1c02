import type { PersonStatus } from '@dialog/shared/users';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Profile.module.css';
import { shortEnd } from './statusTimes.ts';
import { useStatus } from './useStatus.ts';

/** What somebody says they are doing, and until when; nothing once that is over. */
export function StatusLine({ status }: { readonly status: PersonStatus | null }): ReactNode {
  const { t, i18n } = useTranslation('profile');
  const now = useStatus(status);
  if (!now) return null;
  const end = now.until === undefined ? '' : shortEnd(now.until, i18n.language);
  return (
    <p className={styles['status']}>
      {now.emoji !== undefined && <span className={styles['statusEmoji']}>{now.emoji}</span>}
      <span className={styles['statusWords']}>
        <span dir="auto">{now.text}</span>
        {end !== '' && (
          <span className={styles['note']}>{end === undefined ? t('untilToday') : t('untilWhen', { when: end })}</span>
        )}
      </span>
    </p>
  );
}
