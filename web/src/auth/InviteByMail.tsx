import { EMAIL_MAX, EmailAddress } from '@dialog/shared/auth.email';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Devices.module.css';
import { useForm, wrong } from './useForm.ts';

interface InviteByMailProps {
  readonly onInvite: (claim: { readonly address: string; readonly language: string }) => Promise<unknown>;
  /** After it was sent. */
  readonly onDone?: () => void;
}

/** One address, to which the way in is sent. */
export function InviteByMail({ onInvite, onDone }: InviteByMailProps): ReactNode {
  const { t, i18n } = useTranslation('devices');
  const [address, setAddress] = useState('');
  const form = useForm<'email'>({
    check: () => wrong([!EmailAddress.safeParse(address).success, 'email', t('emailMissing')]),
    placeOf: {},
    async submit() {
      await onInvite({ address, language: i18n.language });
      toast(t('inviteSent', { address: address.trim() }), { kind: 'success' });
      setAddress('');
      onDone?.();
    },
  });
  return (
    <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
      <TextField
        name="email"
        type="email"
        label={t('email')}
        value={address}
        onChange={(value) => {
          setAddress(value);
          form.forgive('email');
        }}
        error={form.errors.get('email')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={EMAIL_MAX}
      />
      <Failure text={form.error} />
      <div className={styles['end']}>
        <Button type="submit" kind="primary" isBusy={form.isBusy}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
