import type { Security } from '@dialog/shared/auth.confirming';
import { secondFactorRoutes } from '@dialog/shared/auth.secondFactor';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Badge } from '../ui/Badge.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import { Section } from '../ui/Section.tsx';
import { toast } from '../ui/toast.ts';
import styles from './Security.module.css';
import { TotpField } from './TotpField.tsx';
import { useForm, wrong } from './useForm.ts';

export interface SecurityPartProps {
  readonly call: Call;
  readonly security: Security;
  /** After a change. */
  readonly look: () => Promise<void>;
}

type Secret = RouteReply<typeof secondFactorRoutes.beginTotp>;

/** One-time codes from an app: off, being set up, on. */
export function TotpSection({ call, security, look }: SecurityPartProps): ReactNode {
  const { t } = useTranslation('proofs');
  const errorText = useErrorText();
  const { act, isBusy, error } = useAct();
  const [secret, setSecret] = useState<Secret>();
  const [isSettingUp, setSettingUp] = useState(false);
  const [isLeaving, setLeaving] = useState(false);

  function begin(): void {
    void act(async () => {
      setSecret(await call(secondFactorRoutes.beginTotp, {}));
      setSettingUp(true);
    });
  }

  return (
    <Section
      title={t('totpSection')}
      text={t('totpText')}
      anchor="totp"
      action={security.hasTotp && <Badge kind="success">{t('isOn')}</Badge>}
    >
      <div className={styles['acts']}>
        {security.hasTotp ? (
          <Button kind="dangerQuiet" onClick={() => setLeaving(true)}>
            {t('turnOff')}
          </Button>
        ) : (
          <Button isBusy={isBusy} onClick={begin}>
            {t('setUpTotp')}
          </Button>
        )}
      </div>
      <Failure text={error} />
      {secret && (
        <SetUpTotp
          call={call}
          secret={secret}
          isOpen={isSettingUp}
          onClose={() => setSettingUp(false)}
          onDone={() => {
            setSettingUp(false);
            toast(t('totpTurnedOn'), { kind: 'success' });
            void look();
          }}
        />
      )}
      <ConfirmDialog
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        title={t('turnOffTotpTitle')}
        text={t('turnOffTotpText')}
        confirmLabel={t('turnOff')}
        isDanger
        onConfirm={async () => {
          await call(secondFactorRoutes.turnOffTotp, {});
          toast(t('totpTurnedOff'), { kind: 'success' });
          await look();
        }}
        errorText={errorText}
      />
    </Section>
  );
}

interface SetUpTotpProps extends Pick<SecurityPartProps, 'call'> {
  readonly secret: Secret;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function SetUpTotp({ call, secret, isOpen, onClose, onDone }: SetUpTotpProps): ReactNode {
  const { t } = useTranslation('proofs');
  const [code, setCode] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const form = useForm<'code'>({
    check: () => wrong([code.trim() === '', 'code', t('givenEmpty')]),
    placeOf: { 'wrong-proof': 'code' },
    async submit() {
      await call(secondFactorRoutes.turnOnTotp, { body: { code } });
      setCode('');
      onDone();
    },
  });
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('totpDialogTitle')}
      description={t('totpDialogText')}
      initialFocus={first}
    >
      <form className={styles['setUp']} onSubmit={form.onSubmit} noValidate>
        <div className={styles['code']}>
          <QrCode text={secret.uri} label={t('totpQr')} />
        </div>
        <div className={styles['secret']}>
          <p className={styles['note']}>{t('totpSecret')}</p>
          <code className={styles['letters']} dir="ltr">
            {secret.secret.replaceAll(/.{4}(?=.)/g, '$& ')}
          </code>
        </div>
        {form.error !== undefined && (
          <Banner kind="danger" icon={<CircleAlert />} isRounded>
            {form.error}
          </Banner>
        )}
        <TotpField
          ref={first}
          name="code"
          value={code}
          onChange={(value) => {
            setCode(value);
            form.forgive('code');
          }}
          error={form.errors.get('code')}
        />
        <Button type="submit" kind="primary" isBusy={form.isBusy} isWide>
          {t('turnOn')}
        </Button>
      </form>
    </Dialog>
  );
}
