import { PASSWORD_MIN } from '@dialog/shared/auth.values';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LevelMeter } from '../ui/LevelMeter.tsx';
import styles from './PasswordMeter.module.css';
import { loadGuess, type Strength } from './passwordStrength.ts';

interface PasswordMeterProps {
  readonly password: string;
  /** The person's names, which make weak passwords. */
  readonly known: readonly string[];
}

const KINDS = ['danger', 'danger', 'warning', 'success', 'success'] as const;

/** Helps while one chooses; the server alone decides. */
export function PasswordMeter({ password, known }: PasswordMeterProps): ReactNode {
  const { t } = useTranslation('auth');
  const strength = useStrength(password, known);
  const missing = PASSWORD_MIN - [...password].length;

  if (password === '') return <p className={styles['note']}>{t('passwordHint', { count: PASSWORD_MIN })}</p>;
  if (missing > 0) return <Meter strength={0} level={0.1} note={t('passwordMissing', { count: missing })} />;
  if (strength === undefined) return <Meter strength={0} level={0} note={t('passwordHint', { count: PASSWORD_MIN })} />;
  return <Meter strength={strength} level={(strength + 1) / 5} note={t(`strength${strength}`)} />;
}

interface MeterProps {
  readonly strength: Strength;
  readonly level: number;
  readonly note: string;
}

function Meter({ strength, level, note }: MeterProps): ReactNode {
  const { t } = useTranslation('auth');
  return (
    <div className={styles['meter']}>
      <LevelMeter label={t('strengthLabel')} level={level} segments={5} kind={KINDS[strength]} />
      <p className={styles['note']} aria-live="polite">
        {note}
      </p>
    </div>
  );
}

function useStrength(password: string, known: readonly string[]): Strength | undefined {
  const [strength, setStrength] = useState<Strength>();
  const knownWords = known.join(' ');
  useEffect(() => {
    let isCurrent = true;
    if (password !== '') {
      loadGuess().then(
        (guess) => isCurrent && setStrength(guess(password, knownWords.split(/\s+/u))),
        () => isCurrent && setStrength(undefined),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [password, knownWords]);
  return strength;
}
