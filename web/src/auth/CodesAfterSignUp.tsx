import { recoveryRoutes } from '@dialog/shared/auth.recovery';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { AuthPage } from './AuthPage.tsx';
import styles from './form.module.css';
import { RecoveryCodes } from './RecoveryCodes.tsx';

interface CodesAfterSignUpProps {
  readonly call: Call;
  readonly codes: readonly string[];
  readonly userName: string;
  readonly corner: ReactNode;
  readonly onDone: () => void;
}

/** The account is there already: nobody is kept from it by not keeping the codes. */
export function CodesAfterSignUp({ call, codes, userName, corner, onDone }: CodesAfterSignUpProps): ReactNode {
  const { t } = useTranslation('proofs');
  const [isBusy, setBusy] = useState(false);

  async function keep(): Promise<void> {
    setBusy(true);
    // When it is not heard the settings will ask again; that is no reason to stop here.
    await call(recoveryRoutes.keepRecoveryCodes, {}).catch(() => undefined);
    onDone();
  }

  return (
    <AuthPage title={t('codesTitle')} text={t('codesText')} corner={corner}>
      <div className={styles['form']}>
        <RecoveryCodes codes={codes} userName={userName} />
        <Button kind="primary" isWide isBusy={isBusy} onClick={() => void keep()}>
          {t('codesKept')}
        </Button>
        <p className={styles['other']}>
          <Button kind="quiet" onClick={onDone}>
            {t('codesLater')}
          </Button>
        </p>
      </div>
    </AuthPage>
  );
}
