import type { Proof, ProofKind } from '@dialog/shared/auth.confirming';
import type { PasskeyAsked } from '@dialog/shared/auth.passkeys.values';
import { PASSWORD_MAX } from '@dialog/shared/auth.values';
import { Fingerprint, KeyRound, LifeBuoy, type LucideIcon, Smartphone } from 'lucide-react';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { PasswordField } from '../ui/PasswordField.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthForm } from './AuthForm.tsx';
import styles from './form.module.css';
import { arePasskeysPossible } from './passkeyPlace.ts';
import { answerByPasskey, isGivenUp } from './passkeys.ts';
import { TotpField } from './TotpField.tsx';
import { useForm, wrong } from './useForm.ts';

interface ProofFormProps {
  /** What this person has; the first is asked for unless they choose another. */
  readonly kinds: readonly ProofKind[];
  readonly userName: string;
  /** Rejects as the server does. */
  readonly prove: (proof: Proof) => Promise<void>;
  readonly askPasskey: () => Promise<PasskeyAsked>;
  readonly submitLabel: string;
  readonly first?: RefObject<HTMLInputElement | null>;
}

const ICONS: Record<ProofKind, LucideIcon> = {
  password: KeyRound,
  totp: Smartphone,
  passkey: Fingerprint,
  'recovery-code': LifeBuoy,
};

const WAYS = {
  password: 'byPassword',
  totp: 'byTotp',
  passkey: 'byPasskey',
  'recovery-code': 'byRecoveryCode',
} as const satisfies Record<ProofKind, string>;

/** Six digits are all there is to type. */
const SIX_DIGITS = /^\d{6}$/u;

/** One way to prove who one is, and the others to choose from. */
export function ProofForm(props: ProofFormProps): ReactNode {
  const { kinds, userName, prove, askPasskey, submitLabel, first } = props;
  const { t } = useTranslation('proofs');
  const possible = kinds.filter((one) => one !== 'passkey' || arePasskeysPossible());
  const [chosen, setChosen] = useState<ProofKind>();
  const kind: ProofKind | undefined = chosen ?? possible[0];
  const [given, setGiven] = useState('');
  const ownForm = useRef<HTMLFormElement>(null);
  /** By itself only once until they begin anew: whoever corrects digits says themselves when they are done. */
  const wasSubmitted = useRef(false);

  const form = useForm<'given'>({
    check: () => wrong([kind !== 'passkey' && given.trim() === '', 'given', t('givenEmpty')]),
    placeOf: kind === 'passkey' ? {} : { 'wrong-proof': 'given' },
    async submit() {
      try {
        await prove(await proofOf(kind, given, askPasskey));
        setGiven('');
      } catch (failure) {
        if (!isGivenUp(failure)) throw failure;
      }
    },
  });

  function change(value: string): void {
    setGiven(value);
    form.forgive('given');
    if (value === '') wasSubmitted.current = false;
    if (kind !== 'totp' || wasSubmitted.current || !SIX_DIGITS.test(value.replaceAll(/\s/gu, ''))) return;
    wasSubmitted.current = true;
    // After the state has the last digit.
    setTimeout(() => ownForm.current?.requestSubmit());
  }

  function choose(next: ProofKind): void {
    setChosen(next);
    setGiven('');
    wasSubmitted.current = false;
    form.forgive('given');
  }

  if (kind === undefined) return <Banner isRounded>{t('noWay')}</Banner>;
  return (
    <AuthForm ref={ownForm} onSubmit={form.onSubmit} error={form.error}>
      {/* Tells password managers whose password is asked for. */}
      <input type="text" name="userName" autoComplete="username" value={userName} readOnly hidden />
      <ProofField kind={kind} value={given} onChange={change} error={form.errors.get('given')} first={first} />
      <Button type="submit" kind="primary" isBusy={form.isBusy} isWide icon={kind === 'passkey' && <Fingerprint />}>
        {kind === 'passkey' ? t('usePasskey') : submitLabel}
      </Button>
      <OtherWays kinds={possible.filter((other) => other !== kind)} onChoose={choose} />
    </AuthForm>
  );
}

async function proofOf(
  kind: ProofKind | undefined,
  given: string,
  askPasskey: () => Promise<PasskeyAsked>,
): Promise<Proof> {
  if (kind === 'password') return { kind, password: given };
  if (kind === 'passkey') return { kind, answer: await answerByPasskey(await askPasskey()) };
  return { kind: kind ?? 'totp', code: given };
}

interface ProofFieldProps {
  readonly kind: ProofKind;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  readonly first: RefObject<HTMLInputElement | null> | undefined;
}

/** What is typed; nothing where the browser asks by itself. */
function ProofField({ kind, first, ...rest }: ProofFieldProps): ReactNode {
  const { t } = useTranslation('proofs');
  const field = { ...rest, name: 'given', ...(first ? { ref: first } : {}) };
  if (kind === 'passkey') return <p className={styles['note']}>{t('passkeyHint')}</p>;
  if (kind === 'password')
    return <PasswordField {...field} label={t('password')} autoComplete="current-password" maxLength={PASSWORD_MAX} />;
  if (kind === 'totp') return <TotpField {...field} />;
  return (
    <TextField
      {...field}
      label={t('recoveryCode')}
      hint={t('recoveryCodeHint')}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      dir="ltr"
      maxLength={64}
    />
  );
}

interface OtherWaysProps {
  readonly kinds: readonly ProofKind[];
  readonly onChoose: (kind: ProofKind) => void;
}

function OtherWays({ kinds, onChoose }: OtherWaysProps): ReactNode {
  const { t } = useTranslation('proofs');
  if (kinds.length === 0) return null;
  return (
    <div className={styles['ways']}>
      {kinds.map((kind) => {
        const Icon = ICONS[kind];
        return (
          <Button key={kind} kind="quiet" isWide icon={<Icon />} onClick={() => onChoose(kind)}>
            {t(WAYS[kind])}
          </Button>
        );
      })}
    </div>
  );
}
