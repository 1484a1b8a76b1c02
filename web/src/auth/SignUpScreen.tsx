import { authRoutes } from '@dialog/shared/auth';
import { PASSWORD_MIN } from '@dialog/shared/auth.values';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { EmailAddress } from '@dialog/shared/auth.email';
import { UserName } from '@dialog/shared/users';
import { Plus } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { lazy } from '../platform/late.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthForm } from './AuthForm.tsx';
import { AuthPage } from './AuthPage.tsx';
import { EmailField } from './EmailField.tsx';
import styles from './form.module.css';
import { askHasMail } from './hasMail.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { bringProofWords } from './proofWords.ts';
import { useForm, wrong } from './useForm.ts';
import { UserNameField } from './UserNameField.tsx';

interface SignUpScreenProps {
  readonly call: Call;
  readonly onSignedIn: (signedIn: RouteReply<typeof authRoutes.signUp>) => void;
  readonly corner: ReactNode;
  /** Leads to the sign-in page. */
  readonly other: ReactNode;
}

const CodesAfterSignUp = lazy(async () => {
  const [{ CodesAfterSignUp: screen }] = await Promise.all([import('./CodesAfterSignUp.tsx'), bringProofWords()]);
  return { default: screen };
});

type Field = 'displayName' | 'userName' | 'password' | 'email';

export function SignUpScreen({ call, onSignedIn, corner, other }: SignUpScreenProps): ReactNode {
  const { t, i18n } = useTranslation('auth');
  const [signedUp, setSignedUp] = useState<RouteReply<typeof authRoutes.signUp>>();
  const [given, setGiven] = useState({ displayName: '', userName: '', password: '', email: '' });
  const [hasEmail, setHasEmail] = useState(false);
  const [hasMail, setHasMail] = useState<boolean>();
  const form = useForm<Field>({
    check: () =>
      wrong(
        [given.displayName.trim() === '', 'displayName', t('displayNameMissing')],
        [!UserName.safeParse(given.userName).success, 'userName', t('userNameWrong')],
        [[...given.password].length < PASSWORD_MIN, 'password', t('passwordTooShort', { count: PASSWORD_MIN })],
        [given.email.trim() !== '' && !EmailAddress.safeParse(given.email).success, 'email', t('emailWrong')],
      ),
    placeOf: { 'user-name-taken': 'userName', 'password-too-short': 'password', 'password-too-common': 'password' },
    submit: async () => setSignedUp(await call(authRoutes.signUp, { body: { ...names, ...claimed, keep: 'cookie' } })),
  });

  const { email, ...names } = given;
  const confirmHint = hasMail === undefined ? [] : [t(hasMail ? 'emailHintSent' : 'emailHintKept')];
  const claimed = email.trim() === '' ? {} : { email: { address: email, language: i18n.language } };

  function addEmail(): void {
    setHasEmail(true);
    void askHasMail(call).then(setHasMail);
  }

  function change(field: Field, value: string): void {
    setGiven({ ...given, [field]: value });
    form.forgive(field);
  }

  if (signedUp) {
    return (
      <Suspense>
        <CodesAfterSignUp
          call={call}
          codes={signedUp.recoveryCodes}
          userName={signedUp.user.userName}
          corner={corner}
          onDone={() => onSignedIn(signedUp)}
        />
      </Suspense>
    );
  }
  return (
    <AuthPage title={t('signUpTitle')} text={t('signUpText')} corner={corner}>
      <AuthForm onSubmit={form.onSubmit} error={form.error}>
        <div className={styles['fields']}>
          <TextField
            name="displayName"
            label={t('displayName')}
            hint={t('displayNameHint')}
            value={given.displayName}
            onChange={(value) => change('displayName', value)}
            error={form.errors.get('displayName')}
            autoComplete="name"
            maxLength={64}
            required
          />
          <UserNameField
            label={t('userName')}
            hint={t('userNameHint')}
            value={given.userName}
            onChange={(value) => change('userName', value.toLowerCase())}
            error={form.errors.get('userName')}
            maxLength={32}
          />
          <NewPasswordField
            name="password"
            label={t('password')}
            value={given.password}
            onChange={(value) => change('password', value)}
            error={form.errors.get('password')}
            known={[given.userName, given.displayName]}
            required
          />
          {hasEmail ? (
            <EmailField
              label={t('email')}
              hint={[t('emailHint'), ...confirmHint].join(' ')}
              value={given.email}
              onChange={(value) => change('email', value)}
              error={form.errors.get('email')}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it comes by a press for exactly this
              autoFocus
            />
          ) : (
            <Button kind="quiet" icon={<Plus />} aria-expanded={false} onClick={addEmail}>
              {t('addEmail')}
            </Button>
          )}
        </div>
        <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
          {t('signUp')}
        </Button>
        <p className={styles['other']}>
          {t('haveAccount')} {other}
        </p>
      </AuthForm>
    </AuthPage>
  );
}
