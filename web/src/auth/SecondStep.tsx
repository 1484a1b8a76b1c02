import { secondFactorRoutes, type SecondStep as Step } from '@dialog/shared/auth.secondFactor';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import { ProofForm } from './ProofForm.tsx';

interface SecondStepProps {
  readonly call: Call;
  readonly step: Step;
  readonly userName: string;
  readonly corner: ReactNode;
  readonly onSignedIn: (signedIn: RouteReply<typeof secondFactorRoutes.finishSignIn>) => void;
  /** To the first step; with the failure that leads there. */
  readonly onBack: (failure?: unknown) => void;
}

/** After a right password, where that does not suffice. */
export function SecondStep({ call, step, userName, corner, onSignedIn, onBack }: SecondStepProps): ReactNode {
  const { t } = useTranslation('proofs');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <AuthPage title={t('secondTitle')} text={t('secondText', { userName })} corner={corner}>
      <ProofForm
        kinds={step.factors}
        userName={userName}
        submitLabel={t('goOn')}
        first={first}
        askPasskey={async () => {
          if (!step.passkey) throw new ApiError('passkeys-unavailable');
          return step.passkey;
        }}
        prove={async (proof) => {
          if (proof.kind === 'password') return;
          try {
            const body = { challenge: step.challenge, proof, keep: 'cookie' } as const;
            onSignedIn(await call(secondFactorRoutes.finishSignIn, { body }));
          } catch (failure) {
            if (!(failure instanceof ApiError && failure.code === 'challenge-over')) throw failure;
            onBack(failure);
          }
        }}
      />
      <p className={styles['other']}>
        <Button kind="quiet" onClick={() => onBack()}>
          {t('backToSignIn')}
        </Button>
      </p>
    </AuthPage>
  );
}
