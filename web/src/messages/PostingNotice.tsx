import { Hourglass, Megaphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PostingNotice.module.css';
import type { PostingRule } from './usePostingRule.ts';

/** In place of the composer where one may not post, or above it while one has to wait. */
export function PostingNotice({ rule }: { readonly rule: PostingRule }): ReactNode {
  const { t } = useTranslation('messages');
  if (rule.kind === 'free' || rule.kind === 'blocked') return null;
  if (rule.kind === 'closed') {
    return (
      <p className={styles['closed']}>
        <Megaphone aria-hidden="true" />
        {t('announcementOnly')}
      </p>
    );
  }
  return (
    <p className={styles['waiting']}>
      <Hourglass aria-hidden="true" />
      <span>{t('slowMode')}</span>
      <span className={styles['count']} role="timer">
        {clockText(rule.seconds)}
      </span>
    </p>
  );
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
