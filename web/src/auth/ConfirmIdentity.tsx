import { confirmingRoutes } from '@dialog/shared/auth.confirming';
import { PASSWORD_MAX } from '@dialog/shared/auth.values';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { PasswordField } from '../ui/PasswordField.tsx';
import type { ConfirmLayerProps } from './ConfirmLayer.tsx';
import styles from './form.module.css';
import { useForm, wrong } from './useForm.ts';

interface ConfirmIdentityProps extends ConfirmLayerProps {
  readonly isAsking: boolean;
}

/** The heavy half of `ConfirmLayer`. */
export function ConfirmIdentity({ confirming, call, userName, isAsking }: ConfirmIdentityProps): ReactNode {
  const { t } = useTranslation('auth');
  const first = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      isOpen={isAsking}
      onClose={() => confirming.answer(false)}
      title={t('confirmTitle')}
      description={t('confirmText')}
      initialFocus={first}
    >
      <ByPassword first={first} call={call} userName={userName} onConfirmed={() => confirming.answer(true)} />
    </Dialog>
  );
}

interface ByPasswordProps extends Pick<ConfirmLayerProps, 'call' | 'userName'> {
  readonly first: RefObject<HTMLInputElement | null>;
  readonly onConfirmed: () => void;
}

function ByPassword({ first, call, userName, onConfirmed }: ByPasswordProps): ReactNode {
  const { t } = useTranslation('auth');
  const [password, setPassword] = useState('');
  const form = useForm<'password'>({
    check: () => wrong([password === '', 'password', t('passwordEmpty')]),
    placeOf: { 'wrong-proof': 'password' },
    async submit() {
      await call(confirmingRoutes.confirmIdentity, { body: { proof: { kind: 'password', password } } });
      setPassword('');
      onConfirmed();
    },
  });
  return (
    <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
      {form.error !== undefined && (
        <Banner kind="danger" isRounded>
          {form.error}
        </Banner>
      )}
      {/* Tells password managers whose password is asked for. */}
      <input type="text" name="userName" autoComplete="username" value={userName} readOnly hidden />
      <PasswordField
        ref={first}
        name="password"
        label={t('password')}
        value={password}
        onChange={(value) => {
          setPassword(value);
          form.forgive('password');
        }}
        error={form.errors.get('password')}
        autoComplete="current-password"
        maxLength={PASSWORD_MAX}
      />
      <div className={styles['end']}>
        <Button type="submit" kind="primary" isBusy={form.isBusy}>
          {t('confirm')}
        </Button>
      </div>
    </form>
  );
}
