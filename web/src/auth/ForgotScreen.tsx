import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { PASSWORD_MIN } from '@dialog/shared/auth.values';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthForm } from './AuthForm.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useForm, wrong } from './useForm.ts';
import { UserNameField } from './UserNameField.tsx';

interface ForgotScreenProps {
  readonly call: Call;
  readonly corner: ReactNode;
  /** Leads to the sign-in page. */
  readonly other: ReactNode;
  /** Else the other way goes by the operator. */
  readonly hasMail: boolean;
  /** The other way to a new password. */
  readonly onByMail: () => void;
}

const EMPTY = { userName: '', code: '', newPassword: '' };
type Field = keyof typeof EMPTY;

/** A new password for a recovery code. */
export function ForgotScreen({ call, corner, other, hasMail, onByMail }: ForgotScreenProps): ReactNode {
  const { t } = useTranslation(['proofs', 'auth', 'devices']);
  const [given, setGiven] = useState(EMPTY);
  const [isDone, setDone] = useState(false);
  const form = useForm<Field>({
    check: () =>
      wrong(
        [given.userName.trim() === '', 'userName', t('auth:userNameMissing')],
        [given.code.trim() === '', 'code', t('givenEmpty')],
        [
          [...given.newPassword].length < PASSWORD_MIN,
          'newPassword',
          t('auth:passwordTooShort', { count: PASSWORD_MIN }),
        ],
      ),
    placeOf: {
      'wrong-recovery-code': 'code',
      'password-too-short': 'newPassword',
      'password-too-common': 'newPassword',
    },
    async submit() {
      await call(recoveryRoutes.recoverByCode, { body: given });
      setGiven(EMPTY);
      setDone(true);
    },
  });

  function change(field: Field, value: string): void {
    setGiven({ ...given, [field]: value });
    form.forgive(field);
  }

  if (isDone) {
    return (
      <AuthPage title={t('forgotDoneTitle')} corner={corner}>
        <Banner kind="success" icon={<CircleCheck />} isRounded>
          {t('forgotDone')}
        </Banner>
        <p className={styles['other']}>{other}</p>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('forgotTitle')} text={t('forgotText')} corner={corner}>
      <AuthForm onSubmit={form.onSubmit} error={form.error}>
        <div className={styles['fields']}>
          <UserNameField
            label={t('auth:userName')}
            value={given.userName}
            onChange={(value) => change('userName', value)}
            error={form.errors.get('userName')}
            maxLength={64}
          />
          <TextField
            name="code"
            label={t('recoveryCode')}
            hint={t('recoveryCodeHint')}
            value={given.code}
            onChange={(value) => change('code', value)}
            error={form.errors.get('code')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            dir="ltr"
            maxLength={64}
            required
          />
          <NewPasswordField
            name="newPassword"
            label={t('auth:newPassword')}
            value={given.newPassword}
            onChange={(value) => change('newPassword', value)}
            error={form.errors.get('newPassword')}
            known={[given.userName]}
            required
          />
        </div>
        <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
          {t('forgotSubmit')}
        </Button>
        <Button isWide onClick={onByMail}>
          {t(hasMail ? 'devices:byMail' : 'devices:byOperator')}
        </Button>
        <p className={styles['other']}>{other}</p>
      </AuthForm>
    </AuthPage>
  );
}
