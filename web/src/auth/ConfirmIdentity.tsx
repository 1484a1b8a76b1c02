import { confirmingRoutes, type ProofKind } from '@dialog/shared/auth.confirming';
import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Dialog } from '../ui/Dialog.tsx';
import type { ConfirmLayerProps } from './ConfirmLayer.tsx';
import { ProofForm } from './ProofForm.tsx';

interface ConfirmIdentityProps extends ConfirmLayerProps {
  readonly isAsking: boolean;
}

/** The heavy half of `ConfirmLayer`. */
export function ConfirmIdentity({ confirming, call, userName, isAsking }: ConfirmIdentityProps): ReactNode {
  const { t } = useTranslation('proofs');
  const first = useRef<HTMLInputElement>(null);
  const kinds = useProofKinds(call, isAsking);
  return (
    <Dialog
      isOpen={isAsking}
      onClose={() => confirming.answer(false)}
      title={t('confirmTitle')}
      description={t('confirmText')}
      initialFocus={first}
    >
      <ProofForm
        kinds={kinds}
        userName={userName}
        submitLabel={t('confirm')}
        first={first}
        askPasskey={() => call(passkeyRoutes.beginPasskeyProof, {})}
        prove={async (proof) => {
          await call(confirmingRoutes.confirmIdentity, { body: { proof } });
          confirming.answer(true);
        }}
      />
    </Dialog>
  );
}

/** Everyone has a password, so nobody waits to be asked for it. */
function useProofKinds(call: Call, isAsking: boolean): readonly ProofKind[] {
  const [kinds, setKinds] = useState<readonly ProofKind[]>(['password']);
  useEffect(() => {
    if (!isAsking) return;
    call(confirmingRoutes.getSecurity, {}).then(
      ({ proofs }) => setKinds(proofs),
      () => undefined,
    );
  }, [call, isAsking]);
  return kinds;
}
