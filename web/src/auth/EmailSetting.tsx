import { EMAIL_MAX, EmailAddress, emailRoutes } from '@dialog/shared/auth.email';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { MailQuestion } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Section } from '../ui/Section.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { toast } from '../ui/toast.ts';
import type { DevicesProps } from './Devices.tsx';
import styles from './Devices.module.css';
import { FactsFailed } from './FactsFailed.tsx';
import { useAccountFacts } from './useAccountFacts.ts';
import { useForm, wrong } from './useForm.ts';

type Email = RouteReply<typeof emailRoutes.getEmail>;

/** The address of the account: added, confirmed by mail, changed and taken away. */
export function EmailSetting({ call, socket }: DevicesProps): ReactNode {
  const { t } = useTranslation('devices');
  const ask = useCallback(() => call(emailRoutes.getEmail, {}), [call]);
  const { loaded, load } = useAccountFacts(ask, socket);
  return (
    <Section title={t('emailSection')} text={t('emailText')} anchor="email">
      {loaded.kind === 'loading' && <Skeleton width="60%" />}
      {loaded.kind === 'failed' && <FactsFailed failure={loaded.failure} onRetry={load} />}
      {loaded.kind === 'loaded' && <Known email={loaded.facts} call={call} onChanged={load} />}
    </Section>
  );
}

interface KnownProps {
  readonly email: Email;
  readonly call: DevicesProps['call'];
  readonly onChanged: () => void;
}

function Known({ email, call, onChanged }: KnownProps): ReactNode {
  const { t } = useTranslation('devices');
  const errorText = useErrorText();
  const [asked, setAsked] = useState<'change' | 'remove'>();
  const { address, claim } = email;
  const close = (): void => setAsked(undefined);

  async function remove(): Promise<void> {
    await call(emailRoutes.removeEmail, {});
    onChanged();
  }

  return (
    <div className={styles['form']}>
      {claim && (
        <Banner icon={<MailQuestion />} isRounded>
          {t('emailWaits', { address: claim.address })}
        </Banner>
      )}
      <div className={styles['email']}>
        <p dir="auto">{address ?? t('emailNone')}</p>
        {asked !== 'change' && <Choices email={email} onAsk={setAsked} />}
      </div>
      {asked === 'change' && (
        <Claim
          call={call}
          onCancel={close}
          onDone={() => {
            close();
            onChanged();
          }}
        />
      )}
      <ConfirmDialog
        isOpen={asked === 'remove'}
        onClose={close}
        title={t('removeEmailTitle')}
        text={t('removeEmailText', { address: anyOf(email) })}
        confirmLabel={t('removeEmail')}
        isDanger
        onConfirm={remove}
        errorText={errorText}
      />
    </div>
  );
}

/** The address, or the one that waits. */
function anyOf({ address, claim }: Email): string {
  return address ?? claim?.address ?? '';
}

interface ChoicesProps {
  readonly email: Email;
  readonly onAsk: (what: 'change' | 'remove') => void;
}

function Choices({ email, onAsk }: ChoicesProps): ReactNode {
  const { t } = useTranslation('devices');
  return (
    <div className={styles['end']}>
      {anyOf(email) !== '' && (
        <Button kind="dangerQuiet" onClick={() => onAsk('remove')}>
          {t('removeEmail')}
        </Button>
      )}
      <Button onClick={() => onAsk('change')}>{t(email.address === null ? 'addEmail' : 'changeEmail')}</Button>
    </div>
  );
}

interface ClaimProps {
  readonly call: DevicesProps['call'];
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

function Claim({ call, onCancel, onDone }: ClaimProps): ReactNode {
  const { t, i18n } = useTranslation('devices');
  const [address, setAddress] = useState('');
  const form = useForm<'email'>({
    check: () => wrong([!EmailAddress.safeParse(address).success, 'email', t('emailMissing')]),
    placeOf: {},
    async submit() {
      await call(emailRoutes.claimEmail, { body: { address, language: i18n.language } });
      toast(t('claimSent', { address: address.trim().toLowerCase() }), { kind: 'success' });
      onDone();
    },
  });
  return (
    <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
      <TextField
        name="email"
        type="email"
        label={t('email')}
        hint={t('emailHint')}
        value={address}
        onChange={(value) => {
          setAddress(value);
          form.forgive('email');
        }}
        error={form.errors.get('email')}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={EMAIL_MAX}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press for exactly this
        autoFocus
      />
      <Failure text={form.error} />
      <div className={styles['end']}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" kind="primary" isBusy={form.isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
