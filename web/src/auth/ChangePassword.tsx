import { authRoutes } from '@dialog/shared/auth';
import { PASSWORD_MAX, PASSWORD_MIN } from '@dialog/shared/auth.values';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { PasswordField } from '../ui/PasswordField.tsx';
import { Section } from '../ui/Section.tsx';
import { toast } from '../ui/toast.ts';
import { AuthForm } from './AuthForm.tsx';
import styles from './form.module.css';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useForm, wrong } from './useForm.ts';

interface ChangePasswordProps {
  readonly call: Call;
  readonly userName: string;
}

const EMPTY = { currentPassword: '', newPassword: '' };
type Field = keyof typeof EMPTY;

export function ChangePassword({ call, userName }: ChangePasswordProps): ReactNode {
  const { t } = useTranslation('auth');
  const [given, setGiven] = useState(EMPTY);
  const form = useForm<Field>({
    check: () =>
      wrong(
        [given.currentPassword === '', 'currentPassword', t('passwordEmpty')],
        [[...given.newPassword].length < PASSWORD_MIN, 'newPassword', t('passwordTooShort', { count: PASSWORD_MIN })],
      ),
    placeOf: {
      'wrong-credentials': 'currentPassword',
      'password-too-short': 'newPassword',
      'password-too-common': 'newPassword',
    },
    async submit() {
      await call(authRoutes.changePassword, { body: given });
      setGiven(EMPTY);
      toast(t('passwordChanged'), { kind: 'success' });
    },
  });

  function change(field: Field, value: string): void {
    setGiven({ ...given, [field]: value });
    form.forgive(field);
  }

  return (
    <Section title={t('passwordSection')} text={t('changePasswordText')} anchor="password">
      <AuthForm onSubmit={form.onSubmit} error={form.error}>
        {/* Tells password managers whose password changes. */}
        <input type="text" name="userName" autoComplete="username" value={userName} readOnly hidden />
        <div className={styles['fields']}>
          <PasswordField
            name="currentPassword"
            label={t('currentPassword')}
            value={given.currentPassword}
            onChange={(value) => change('currentPassword', value)}
            error={form.errors.get('currentPassword')}
            autoComplete="current-password"
            maxLength={PASSWORD_MAX}
          />
          <NewPasswordField
            name="newPassword"
            label={t('newPassword')}
            value={given.newPassword}
            onChange={(value) => change('newPassword', value)}
            error={form.errors.get('newPassword')}
            known={[userName]}
          />
        </div>
        <div className={styles['end']}>
          <Button type="submit" kind="primary" isBusy={form.isBusy}>
            {t('changePassword')}
          </Button>
        </div>
      </AuthForm>
    </Section>
  );
}
