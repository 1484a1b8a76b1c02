import { authRoutes } from '@dialog/shared/auth';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { CircleAlert, LogOut } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { PasswordField } from '../ui/PasswordField.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import { useForm, wrong } from './useForm.ts';

interface SignInScreenProps {
  readonly call: Call;
  readonly onSignedIn: (signedIn: RouteReply<typeof authRoutes.signIn>) => void;
  /** The session was ended from elsewhere. */
  readonly hasEnded: boolean;
  readonly corner: ReactNode;
  /** Leads to the sign-up page. */
  readonly other: ReactNode;
}

export function SignInScreen({ call, onSignedIn, hasEnded, corner, other }: SignInScreenProps): ReactNode {
  const { t } = useTranslation('auth');
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm<'userName' | 'password'>({
    check: () =>
      wrong(
        [userName.trim() === '', 'userName', t('userNameMissing')],
        [password === '', 'password', t('passwordEmpty')],
      ),
    placeOf: { 'wrong-credentials': 'password' },
    submit: async () => onSignedIn(await call(authRoutes.signIn, { body: { userName, password, keep: 'cookie' } })),
  });

  return (
    <AuthPage title={t('signInTitle')} text={t('signInText')} corner={corner}>
      <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
        {hasEnded && form.error === undefined && (
          <Banner icon={<LogOut />} isRounded>
            {t('hasEnded')}
          </Banner>
        )}
        {form.error !== undefined && (
          <Banner kind="danger" icon={<CircleAlert />} isRounded>
            {form.error}
          </Banner>
        )}
        <div className={styles['fields']}>
          <TextField
            name="userName"
            label={t('userName')}
            value={userName}
            onChange={(value) => {
              setUserName(value);
              form.forgive('userName');
            }}
            error={form.errors.get('userName')}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={64}
            required
          />
          <PasswordField
            name="password"
            label={t('password')}
            value={password}
            onChange={(value) => {
              setPassword(value);
              form.forgive('password');
            }}
            error={form.errors.get('password')}
            autoComplete="current-password"
            required
          />
        </div>
        <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
          {t('signIn')}
        </Button>
        <p className={styles['other']}>
          {t('noAccount')} {other}
        </p>
      </form>
    </AuthPage>
  );
}
