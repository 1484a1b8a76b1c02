import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { AnswerLink } from './AnswerLink.tsx';
import styles from './AnswerLink.module.css';
import { useTokenInAddress } from './useTokenInAddress.ts';

interface AnswerLinkPageProps {
  readonly call: Call;
  readonly onLeave: () => void;
}

/** Where a picture leads that was scanned with a camera. */
export function AnswerLinkPage({ call, onLeave }: AnswerLinkPageProps): ReactNode {
  const { t } = useTranslation('devices');
  const code = useTokenInAddress();
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('letInTitle')}</h1>
      <AnswerLink call={call} code={code} onDone={onLeave} />
      <Button kind="quiet" onClick={onLeave}>
        {t('toChats')}
      </Button>
    </div>
  );
}
