import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import { type Passkey, PasskeyName } from '@dialog/shared/auth.passkeys.values';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './form.module.css';
import { useForm, wrong } from './useForm.ts';

interface RenamePasskeyProps {
  readonly call: Call;
  readonly passkey: Passkey;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRenamed: () => Promise<void>;
}

export function RenamePasskey({ call, passkey, isOpen, onClose, onRenamed }: RenamePasskeyProps): ReactNode {
  const { t } = useTranslation('proofs');
  const [name, setName] = useState(passkey.name);
  const first = useRef<HTMLInputElement>(null);
  const form = useForm<'name'>({
    check: () => wrong([!PasskeyName.safeParse(name).success, 'name', t('givenEmpty')]),
    placeOf: {},
    async submit() {
      await call(passkeyRoutes.renamePasskey, { params: { passkeyId: passkey.id }, body: { name } });
      await onRenamed();
      onClose();
    },
  });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('renamePasskeyTitle')} initialFocus={first}>
      <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
        <TextField
          ref={first}
          name="name"
          label={t('name')}
          value={name}
          onChange={(value) => {
            setName(value);
            form.forgive('name');
          }}
          error={form.errors.get('name')}
          maxLength={64}
        />
        <Failure text={form.error} />
        <div className={styles['end']}>
          <Button type="submit" kind="primary" isBusy={form.isBusy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
