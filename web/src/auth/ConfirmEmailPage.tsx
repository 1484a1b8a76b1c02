import { emailRoutes } from '@dialog/shared/auth.email';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import type { MailPageProps } from './MailPage.ts';
import { useTokenInAddress } from './useTokenInAddress.ts';

/** Where the link in a mail leads to that confirms an address. By a press: mail programs open links by themselves. */
export function ConfirmEmailPage({ call, corner, onLeave }: MailPageProps): ReactNode {
  const { t } = useTranslation('devices');
  const { act, isBusy, error } = useAct();
  const token = useTokenInAddress();
  const [confirmed, setConfirmed] = useState<string>();
  if (confirmed !== undefined) {
    return (
      <AuthPage title={t('confirmDoneTitle')} corner={corner}>
        <div className={styles['form']}>
          <Banner kind="success" icon={<CircleCheck />} isRounded>
            {t('confirmDone', { address: confirmed })}
          </Banner>
          <Button kind="primary" isWide onClick={onLeave}>
            {t('toChats')}
          </Button>
        </div>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('confirmEmailTitle')} text={t('confirmEmailText')} corner={corner}>
      <div className={styles['form']}>
        {error !== undefined && (
          <Banner kind="danger" icon={<CircleAlert />} isRounded>
            {error}
          </Banner>
        )}
        <Button
          kind="primary"
          isWide
          isBusy={isBusy}
          onClick={() =>
            void act(async () => setConfirmed((await call(emailRoutes.confirmEmail, { body: { token } })).address))
          }
        >
          {t('confirmEmail')}
        </Button>
        <Button kind="quiet" isWide onClick={onLeave}>
          {t('toChats')}
        </Button>
      </div>
    </AuthPage>
  );
}
