import { PASSWORD_MAX } from '@dialog/shared/auth.values';
import type { ComponentProps, ReactNode } from 'react';
import { PasswordField } from '../ui/PasswordField.tsx';
import { PasswordMeter } from './PasswordMeter.tsx';
import { loadGuess } from './passwordStrength.ts';

interface NewPasswordFieldProps extends Omit<ComponentProps<typeof PasswordField>, 'autoComplete' | 'hint'> {
  /** What others know of this person: it makes a password weak. */
  readonly known: readonly string[];
}

/** A password that is chosen, with how strong it is. */
export function NewPasswordField({ known, ...props }: NewPasswordFieldProps): ReactNode {
  return (
    <PasswordField
      {...props}
      hint={<PasswordMeter password={props.value} known={known} />}
      onFocus={() => void loadGuess().catch(() => undefined)}
      autoComplete="new-password"
      maxLength={PASSWORD_MAX}
    />
  );
}
