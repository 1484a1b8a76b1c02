import { emailRoutes } from '@dialog/shared/auth.email';
import { MailQuestion } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Section } from '../ui/Section.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { toast } from '../ui/toast.ts';
import type { DevicesProps } from './Devices.tsx';
import styles from './Devices.module.css';
import { EmailForm } from './EmailForm.tsx';
import { type EmailFacts, removalOf } from './emailRemoval.ts';
import { FactsFailed } from './FactsFailed.tsx';
import { askHasMail } from './hasMail.ts';
import { useAccountFacts } from './useAccountFacts.ts';

/** The address of the account: added, confirmed by mail, changed and taken away. */
export function EmailSetting({ call, socket }: DevicesProps): ReactNode {
  const { t } = useTranslation('devices');
  const ask = useCallback(async (): Promise<EmailFacts> => {
    const [email, hasMail] = await Promise.all([call(emailRoutes.getEmail, {}), askHasMail(call)]);
    return { ...email, hasMail };
  }, [call]);
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
  readonly email: EmailFacts;
  readonly call: DevicesProps['call'];
  readonly onChanged: () => void;
}

function Known({ email, call, onChanged }: KnownProps): ReactNode {
  const { t } = useTranslation('devices');
  const errorText = useErrorText();
  const [asked, setAsked] = useState<'change' | 'remove'>();
  const { address, claim, hasMail } = email;
  const takes = address === null ? 'takeBackEmail' : 'removeEmail';
  const close = (): void => setAsked(undefined);

  async function remove(): Promise<void> {
    await call(emailRoutes.removeEmail, {});
    onChanged();
  }

  async function claimIt(body: { readonly address: string; readonly language: string }): Promise<void> {
    await call(emailRoutes.claimEmail, { body });
    const word = hasMail === false ? 'claimKept' : 'claimSent';
    toast(t(word, { address: body.address.trim().toLowerCase() }), { kind: 'success' });
    close();
    onChanged();
  }

  return (
    <div className={styles['form']}>
      {claim && (
        <Banner icon={<MailQuestion />} isRounded>
          {t(hasMail === false ? 'emailWaitsKept' : 'emailWaits', { address: claim.address })}
        </Banner>
      )}
      <div className={styles['email']}>
        <p dir="auto">{address ?? t(noneOf(email))}</p>
        {asked !== 'change' && <Choices email={email} onAsk={setAsked} />}
      </div>
      {asked === 'change' && (
        <EmailForm isOwn hint={t('emailHint')} submitLabel={t('save')} onSubmit={claimIt} onCancel={close} />
      )}
      <ConfirmDialog
        isOpen={asked === 'remove'}
        onClose={close}
        title={t(`${takes}Title`)}
        text={removalOf(email)
          .map(({ word, address: about }) => t(word, { address: about }))
          .join(' ')}
        confirmLabel={t(takes)}
        isDanger
        onConfirm={remove}
        errorText={errorText}
      />
    </div>
  );
}

/** What stands where there is no address that counts. */
function noneOf({ claim, hasMail }: EmailFacts): 'emailUnconfirmed' | 'emailNone' | 'emailNoneKept' {
  if (claim) return 'emailUnconfirmed';
  return hasMail === false ? 'emailNoneKept' : 'emailNone';
}

interface ChoicesProps {
  readonly email: EmailFacts;
  readonly onAsk: (what: 'change' | 'remove') => void;
}

function Choices({ email: { address, claim }, onAsk }: ChoicesProps): ReactNode {
  const { t } = useTranslation('devices');
  return (
    <div className={styles['end']}>
      {(address ?? claim) !== null && (
        <Button kind="dangerQuiet" onClick={() => onAsk('remove')}>
          {t(address === null ? 'takeBackEmail' : 'removeEmail')}
        </Button>
      )}
      <Button onClick={() => onAsk('change')}>{t((address ?? claim) === null ? 'addEmail' : 'changeEmail')}</Button>
    </div>
  );
}
