import { EMAIL_MAX, emailRoutes } from '@dialog/shared/auth.email';
import { MailCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { AuthForm } from './AuthForm.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import { useForm, wrong } from './useForm.ts';
import { UserNameField } from './UserNameField.tsx';

interface ForgotByMailProps {
  readonly call: Call;
  readonly corner: ReactNode;
  /** Leads to the sign-in page. */
  readonly other: ReactNode;
  /** Else the link waits with the operator. */
  readonly hasMail: boolean;
  readonly onByCode: () => void;
}

/** Asks for a link to a new password; what it answers is the same for everybody. */
export function ForgotByMail({ call, corner, other, hasMail, onByCode }: ForgotByMailProps): ReactNode {
  const { t } = useTranslation('devices');
  const [userName, setUserName] = useState('');
  const [isDone, setDone] = useState(false);
  const form = useForm<'userName'>({
    check: () => wrong([userName.trim() === '', 'userName', t('userNameOrEmailMissing')]),
    placeOf: {},
    async submit() {
      await call(emailRoutes.askForNewPassword, { body: { userName } });
      setDone(true);
    },
  });
  if (isDone) {
    return (
      <AuthPage title={t(hasMail ? 'askNewPasswordDoneTitle' : 'askOperatorDoneTitle')} corner={corner}>
        <div className={styles['form']}>
          <Banner kind="success" icon={<MailCheck />} isRounded>
            {t(hasMail ? 'askNewPasswordDone' : 'askOperatorDone')}
          </Banner>
          <Button isWide onClick={onByCode}>
            {t('byRecoveryCode')}
          </Button>
          <p className={styles['other']}>{other}</p>
        </div>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title={t('askNewPasswordTitle')}
      text={t(hasMail ? 'askNewPasswordText' : 'askOperatorText')}
      corner={corner}
    >
      <AuthForm onSubmit={form.onSubmit} error={form.error}>
        <UserNameField
          label={t('userNameOrEmail')}
          value={userName}
          onChange={(value) => {
            setUserName(value);
            form.forgive('userName');
          }}
          error={form.errors.get('userName')}
          maxLength={EMAIL_MAX}
        />
        <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
          {t(hasMail ? 'askNewPassword' : 'askOperator')}
        </Button>
        <Button isWide onClick={onByCode}>
          {t('byRecoveryCode')}
        </Button>
        <p className={styles['other']}>{other}</p>
      </AuthForm>
    </AuthPage>
  );
}
