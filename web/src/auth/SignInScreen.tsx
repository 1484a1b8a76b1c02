import { authRoutes } from '@dialog/shared/auth';
import type { SecondStep as Step } from '@dialog/shared/auth.secondFactor';
import type { SignedIn } from '@dialog/shared/auth.values';
import { Fingerprint, LogOut } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod/mini';
import type { Call } from '../platform/api.ts';
import { lazy } from '../platform/late.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { PasswordField } from '../ui/PasswordField.tsx';
import { AuthForm } from './AuthForm.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import { arePasskeysPossible } from './passkeyPlace.ts';
import { bringProofWords } from './proofWords.ts';
import { useForm, wrong } from './useForm.ts';
import { UserNameField } from './UserNameField.tsx';

interface SignInScreenProps {
  readonly call: Call;
  readonly onSignedIn: (signedIn: z.infer<typeof SignedIn>) => void;
  /** The session was ended from elsewhere. */
  readonly hasEnded: boolean;
  readonly corner: ReactNode;
  /** Leads to the sign-up page. */
  readonly other: ReactNode;
  /** Leads to the page for who forgot the password. */
  readonly forgot: ReactNode;
  /** Leads to the page where another device lets this one in. */
  readonly byDevice: ReactNode;
}

const SecondStep = lazy(async () => {
  const [{ SecondStep: step }] = await Promise.all([import('./SecondStep.tsx'), bringProofWords()]);
  return { default: step };
});

/** Asked of what comes late, and only where there can be any. */
const loadPasskeys = (): Promise<typeof import('./passkeys.ts')> => import('./passkeys.ts');

export function SignInScreen(props: SignInScreenProps): ReactNode {
  const [userName, setUserName] = useState('');
  const [step, setStep] = useState<Step>();
  const [failure, setFailure] = useState<unknown>();
  if (!step) return <FirstStep {...props} {...{ userName, setUserName, failure, setFailure }} onStep={setStep} />;
  return (
    <Suspense>
      <SecondStep
        {...props}
        step={step}
        userName={userName}
        onBack={(because) => {
          setFailure(because);
          setStep(undefined);
        }}
      />
    </Suspense>
  );
}

interface FirstStepProps extends SignInScreenProps {
  readonly userName: string;
  readonly setUserName: (userName: string) => void;
  /** What no field of the form is to blame for. */
  readonly failure: unknown;
  readonly setFailure: (failure: unknown) => void;
  readonly onStep: (step: Step) => void;
}

function FirstStep(props: FirstStepProps): ReactNode {
  const { call, onSignedIn, hasEnded, corner, other, forgot, byDevice } = props;
  const { userName, setUserName, failure, setFailure, onStep } = props;
  const { t } = useTranslation('auth');
  const errorText = useErrorText();
  const [password, setPassword] = useState('');
  const form = useForm<'userName' | 'password'>({
    check: () =>
      wrong(
        [userName.trim() === '', 'userName', t('userNameMissing')],
        [password === '', 'password', t('passwordEmpty')],
      ),
    placeOf: { 'wrong-credentials': 'password' },
    async submit() {
      setFailure(undefined);
      const answer = await call(authRoutes.signIn, { body: { userName, password, keep: 'cookie' } });
      if (answer.kind === 'second-factor') onStep(answer);
      else onSignedIn(answer);
    },
  });
  const passkey = usePasskeySignIn({ call, onSignedIn, onFailure: setFailure });
  const error = form.error ?? (failure === undefined ? undefined : errorText(failure));

  return (
    <AuthPage title={t('signInTitle')} text={t('signInText')} corner={corner}>
      <AuthForm onSubmit={form.onSubmit} error={error}>
        {hasEnded && error === undefined && (
          <Banner icon={<LogOut />} isRounded>
            {t('hasEnded')}
          </Banner>
        )}
        <div className={styles['fields']}>
          <UserNameField
            label={t('userNameOrEmail')}
            value={userName}
            onChange={(value) => {
              setUserName(value);
              form.forgive('userName');
            }}
            error={form.errors.get('userName')}
            // The browser offers passkeys here as well.
            autoComplete="username webauthn"
            maxLength={254}
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
          <p className={styles['beside']}>{forgot}</p>
        </div>
        <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
          {t('signIn')}
        </Button>
        {arePasskeysPossible() && (
          <>
            <p className={styles['or']}>{t('or')}</p>
            <Button icon={<Fingerprint />} isBusy={passkey.isBusy} isWide onClick={passkey.signIn}>
              {t('signInByPasskey')}
            </Button>
          </>
        )}
        <p className={styles['other']}>{byDevice}</p>
        <p className={styles['other']}>
          {t('noAccount')} {other}
        </p>
      </AuthForm>
    </AuthPage>
  );
}

interface PasskeySignIn extends Pick<SignInScreenProps, 'call' | 'onSignedIn'> {
  readonly onFailure: (failure: unknown) => void;
}

/** By the button, and where the browser offers passkeys in the form itself. */
function usePasskeySignIn({ call, onSignedIn, onFailure }: PasskeySignIn) {
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    if (!arePasskeysPossible()) return undefined;
    const stops: (() => void)[] = [];
    let isOver = false;
    // Without it the form and the button are there all the same.
    void loadPasskeys()
      .then(({ offerPasskeys }) => (isOver ? undefined : offerPasskeys(call, { onSignedIn, onFailure })))
      .then((stop) => stop && (isOver ? stop() : stops.push(stop)))
      .catch(() => undefined);
    return () => {
      isOver = true;
      for (const stop of stops) stop();
    };
  }, [call, onSignedIn, onFailure]);

  async function run(): Promise<void> {
    setBusy(true);
    onFailure(undefined);
    const { signInByPasskey, isGivenUp } = await loadPasskeys();
    try {
      onSignedIn(await signInByPasskey(call));
    } catch (failure) {
      if (!isGivenUp(failure)) onFailure(failure);
    } finally {
      setBusy(false);
    }
  }

  return {
    isBusy,
    signIn: () =>
      void run()
        .catch(onFailure)
        .finally(() => setBusy(false)),
  };
}
