import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Section } from '../ui/Section.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import styles from './Security.module.css';
import type { SecurityPartProps } from './TotpSection.tsx';

interface RecoverySectionProps extends SecurityPartProps {
  readonly userName: string;
}

/** How many codes are left, and new ones. */
export function RecoverySection({ call, security, look, userName }: RecoverySectionProps): ReactNode {
  const { t } = useTranslation('proofs');
  const errorText = useErrorText();
  const { act, isBusy, error } = useAct();
  const [isAsking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const count = security.recoveryCodesLeft;

  async function make(): Promise<void> {
    setCodes((await call(recoveryRoutes.makeRecoveryCodes, {})).codes);
    await look();
  }

  /** They are gone from the page as well. */
  function close(): void {
    setCodes([]);
  }

  return (
    <Section title={t('recoverySection')} text={t('recoveryText')} anchor="recovery">
      <div className={styles['acts']}>
        <p className={styles['count']}>{t('codesLeft', { count })}</p>
        <Button isBusy={isBusy} onClick={() => (count === 0 ? void act(make) : setAsking(true))}>
          {t('makeCodes')}
        </Button>
      </div>
      <Failure text={error} />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('makeCodesTitle')}
        text={t('makeCodesText')}
        confirmLabel={t('makeCodes')}
        onConfirm={make}
        errorText={errorText}
      />
      <Dialog
        isOpen={codes.length > 0}
        onClose={close}
        title={t('newCodesTitle')}
        description={t('codesText')}
        footer={
          <Button
            kind="primary"
            isBusy={isBusy}
            onClick={() =>
              void act(async () => {
                await call(recoveryRoutes.keepRecoveryCodes, {});
                close();
                await look();
              })
            }
          >
            {t('codesKept')}
          </Button>
        }
      >
        {codes.length > 0 && <RecoveryCodes codes={codes} userName={userName} />}
      </Dialog>
    </Section>
  );
}
