import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import { type Passkey, PASSKEYS_MAX } from '@dialog/shared/auth.passkeys.values';
import { secondFactorRoutes } from '@dialog/shared/auth.secondFactor';
import { Fingerprint, KeyRound, Pencil, Trash } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Section.tsx';
import { Switch } from '../ui/Switch.tsx';
import { toast } from '../ui/toast.ts';
import { dayAndTime } from './dayAndTime.ts';
import { arePasskeysPossible } from './passkeyPlace.ts';
import { isGivenUp, isThereAlready, makePasskey } from './passkeys.ts';
import { RenamePasskey } from './RenamePasskey.tsx';
import styles from './Security.module.css';
import list from './Devices.module.css';
import type { SecurityPartProps } from './TotpSection.tsx';

/** Keys of this and other devices that open this account. */
export function PasskeySection({ call, security, look }: SecurityPartProps): ReactNode {
  const { t } = useTranslation('proofs');
  const { act, isBusy, error } = useAct();
  const isPossible = arePasskeysPossible();
  const { passkeys } = security;

  function add(): void {
    void act(async () => {
      const made = await madeHere();
      if (!made) return;
      await call(passkeyRoutes.addPasskey, { body: { made } });
      toast(t('passkeyAdded'), { kind: 'success' });
      await look();
    });
  }

  async function madeHere() {
    try {
      return await makePasskey(await call(passkeyRoutes.beginPasskey, {}));
    } catch (failure) {
      if (isThereAlready(failure)) toast(t('passkeyThere'));
      else if (!isGivenUp(failure)) throw failure;
      return undefined;
    }
  }

  function setStep(isOn: boolean): void {
    void act(async () => {
      await call(secondFactorRoutes.setPasskeyStep, { body: { isOn } });
      await look();
    });
  }

  return (
    <Section title={t('passkeySection')} text={t('passkeyText')} anchor="passkeys">
      {passkeys.length > 0 ? (
        <ul className={list['list']}>
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} call={call} look={look} />
          ))}
        </ul>
      ) : (
        <p className={styles['note']}>{t('passkeyNone')}</p>
      )}
      {isPossible ? (
        <div className={styles['acts']}>
          <Button icon={<Fingerprint />} isBusy={isBusy} disabled={passkeys.length >= PASSKEYS_MAX} onClick={add}>
            {t('addPasskey')}
          </Button>
        </div>
      ) : (
        <p className={styles['note']}>{t('passkeyNotHere', { host: location.hostname })}</p>
      )}
      <Failure text={error} />
      {passkeys.length > 0 && (
        <Switch
          label={t('passkeyStep')}
          hint={t('passkeyStepHint')}
          isOn={security.hasPasskeyStep}
          isDisabled={isBusy}
          onChange={setStep}
        />
      )}
    </Section>
  );
}

interface PasskeyRowProps extends Pick<SecurityPartProps, 'call' | 'look'> {
  readonly passkey: Passkey;
}

function PasskeyRow({ passkey, call, look }: PasskeyRowProps): ReactNode {
  const { t, i18n } = useTranslation('proofs');
  const errorText = useErrorText();
  const [asks, setAsks] = useState<'rename' | 'remove'>();
  const { id, name, madeAt, lastUsedAt } = passkey;
  const when = (time: string): string => dayAndTime(time, i18n.language);
  const close = (): void => setAsks(undefined);
  return (
    <li className={list['row']}>
      <span className={list['icon']} aria-hidden="true">
        <KeyRound />
      </span>
      <div className={list['words']}>
        <p className={list['device']}>{name}</p>
        <p className={list['note']}>
          {lastUsedAt === null
            ? t('passkeyMade', { when: when(madeAt) })
            : t('passkeyUsed', { made: when(madeAt), used: when(lastUsedAt) })}
        </p>
      </div>
      <IconButton label={t('renamePasskey', { name })} onClick={() => setAsks('rename')}>
        <Pencil />
      </IconButton>
      <IconButton label={t('removePasskey', { name })} onClick={() => setAsks('remove')}>
        <Trash />
      </IconButton>
      <RenamePasskey call={call} passkey={passkey} isOpen={asks === 'rename'} onClose={close} onRenamed={look} />
      <ConfirmDialog
        isOpen={asks === 'remove'}
        onClose={close}
        title={t('removePasskeyTitle', { name })}
        text={t('removePasskeyText')}
        confirmLabel={t('remove')}
        isDanger
        onConfirm={async () => {
          await call(passkeyRoutes.removePasskey, { params: { passkeyId: id } });
          toast(t('passkeyRemoved'), { kind: 'success' });
          await look();
        }}
        errorText={errorText}
      />
    </li>
  );
}
