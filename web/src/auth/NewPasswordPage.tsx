import { emailRoutes } from '@dialog/shared/auth.email';
import { PASSWORD_MIN } from '@dialog/shared/auth.values';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { AuthForm } from './AuthForm.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import type { MailPageProps } from './MailPage.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useTokenInAddress } from './useTokenInAddress.ts';
import { useForm, wrong } from './useForm.ts';

/** Where the link in a mail leads to for who forgot the password. */
export function NewPasswordPage({ call, corner, onLeave }: MailPageProps): ReactNode {
  const { t } = useTranslation(['devices', 'auth']);
  const token = useTokenInAddress();
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <AuthPage title={t('newPasswordDoneTitle')} corner={corner}>
        <div className={styles['form']}>
          <Banner kind="success" icon={<CircleCheck />} isRounded>
            {t('newPasswordDone')}
          </Banner>
          <Button kind="primary" isWide onClick={onLeave}>
            {t('signIn')}
          </Button>
        </div>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('newPasswordTitle')} text={t('newPasswordText')} corner={corner}>
      <NewPassword call={call} token={token} onDone={() => setDone(true)} />
    </AuthPage>
  );
}

interface NewPasswordProps {
  readonly call: Call;
  readonly token: string;
  readonly onDone: () => void;
}

function NewPassword({ call, token, onDone }: NewPasswordProps): ReactNode {
  const { t } = useTranslation(['devices', 'auth']);
  const [newPassword, setNewPassword] = useState('');
  const form = useForm<'newPassword'>({
    check: () =>
      wrong([
        [...newPassword].length < PASSWORD_MIN,
        'newPassword',
        t('auth:passwordTooShort', { count: PASSWORD_MIN }),
      ]),
    placeOf: { 'password-too-short': 'newPassword', 'password-too-common': 'newPassword' },
    async submit() {
      await call(emailRoutes.setNewPassword, { body: { token, newPassword } });
      onDone();
    },
  });
  return (
    <AuthForm onSubmit={form.onSubmit} error={form.error}>
      <NewPasswordField
        name="newPassword"
        label={t('auth:newPassword')}
        value={newPassword}
        onChange={(value) => {
          setNewPassword(value);
          form.forgive('newPassword');
        }}
        error={form.errors.get('newPassword')}
        known={[]}
        required
      />
      <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
        {t('savePassword')}
      </Button>
    </AuthForm>
  );
}
