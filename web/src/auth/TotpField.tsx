import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/TextField.tsx';

/** The six digits that an app shows. */
export function TotpField(props: Omit<ComponentProps<typeof TextField>, 'label'>): ReactNode {
  const { t } = useTranslation('proofs');
  return (
    <TextField
      hint={t('totpCodeHint')}
      {...props}
      label={t('totpCode')}
      inputMode="numeric"
      autoComplete="one-time-code"
      dir="ltr"
      maxLength={10}
    />
  );
}
