import { EmailAddress } from '@dialog/shared/auth.email';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import styles from './Devices.module.css';
import { EmailField } from './EmailField.tsx';
import { useForm, wrong } from './useForm.ts';

interface EmailFormProps {
  /** One's own, which the browser may know, or somebody else's. */
  readonly isOwn: boolean;
  readonly hint?: string;
  readonly submitLabel: string;
  readonly onSubmit: (claim: { readonly address: string; readonly language: string }) => Promise<void>;
  readonly onCancel?: () => void;
}

/** One address, and what is done with it. */
export function EmailForm({ isOwn, hint, submitLabel, onSubmit, onCancel }: EmailFormProps): ReactNode {
  const { t, i18n } = useTranslation('devices');
  const [address, setAddress] = useState('');
  const form = useForm<'email'>({
    check: () => wrong([!EmailAddress.safeParse(address).success, 'email', t('emailMissing')]),
    placeOf: {},
    async submit() {
      await onSubmit({ address, language: i18n.language });
      setAddress('');
    },
  });
  return (
    <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
      <EmailField
        label={t('email')}
        hint={hint}
        value={address}
        onChange={(value) => {
          setAddress(value);
          form.forgive('email');
        }}
        error={form.errors.get('email')}
        autoComplete={isOwn ? 'email' : 'off'}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- one's own is asked for by a press for exactly this
        autoFocus={isOwn}
      />
      <Failure text={form.error} />
      <div className={styles['end']}>
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <Button type="submit" kind="primary" isBusy={form.isBusy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
