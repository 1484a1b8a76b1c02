import { CloudOff, Hourglass, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './SearchNote.module.css';
import type { useMessageSearch } from './useMessageSearch.ts';

/** What there is to say while messages are looked for, or when they could not be. */
export function SearchNote({ search }: { readonly search: ReturnType<typeof useMessageSearch> }): ReactNode {
  if (search.failure !== undefined) return <Failure failure={search.failure} onRetry={search.retry} />;
  return search.isAsking && search.hits.length === 0 && <HitsSkeleton />;
}

function Failure({ failure, onRetry }: { readonly failure: unknown; readonly onRetry: () => void }): ReactNode {
  const { t } = useTranslation('search');
  const errorText = useErrorText();
  const code = failure instanceof ApiError ? failure.code : 'internal';
  const isWaiting = code === 'rate-limited' || code === 'busy';
  const Icon = code === 'offline' ? CloudOff : isWaiting ? Hourglass : TriangleAlert;
  return (
    <div className={styles['note']} role="alert">
      <Icon aria-hidden="true" />
      <p className={styles['text']}>{code === 'offline' ? t('offline') : errorText(failure)}</p>
      {!isWaiting && (
        <Button size="s" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}

/** Shown late: most answers are there before one could see it. */
function HitsSkeleton(): ReactNode {
  return (
    <div className={styles['skeletons']} aria-busy="true">
      {['70%', '88%', '60%'].map((width) => (
        <div key={width} className={styles['skeleton']}>
          <Skeleton width="36px" height="36px" isRound />
          <div className={styles['lines']}>
            <Skeleton width="34%" />
            <Skeleton width={width} height="12px" />
          </div>
        </div>
      ))}
    </div>
  );
}
