import { RotateCw, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Security } from '@dialog/shared/auth.confirming';
import type { Call } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { PasskeySection } from './PasskeySection.tsx';
import { RecoverySection } from './RecoverySection.tsx';
import { TotpSection } from './TotpSection.tsx';
import { useSecurity } from './useSecurity.ts';

interface SecuritySettingsProps {
  readonly call: Call;
  readonly userName: string;
}

/** Fewer are as good as none to who has a bad day. */
const FEW = 3;

/** All that keeps an account safe. */
export function SecuritySettings({ call, userName }: SecuritySettingsProps): ReactNode {
  const { t } = useTranslation('proofs');
  const errorText = useErrorText();
  const { security, failure, look } = useSecurity(call);
  const shared = { call, look, userName };
  return (
    <>
      {security && <RecoveryWarning security={security} />}
      <ChangePassword call={call} userName={userName} />
      {failure !== undefined && (
        <Banner
          kind="danger"
          isRounded
          action={
            <Button size="s" icon={<RotateCw />} onClick={() => void look()}>
              {t('retry')}
            </Button>
          }
        >
          {errorText(failure)}
        </Banner>
      )}
      {security ? (
        <>
          <TotpSection {...shared} security={security} />
          <PasskeySection {...shared} security={security} />
          <RecoverySection {...shared} security={security} />
        </>
      ) : (
        failure === undefined && <SecuritySkeleton />
      )}
    </>
  );
}

/** Until there are codes, and somebody keeps them. */
function RecoveryWarning({ security }: { readonly security: Security }): ReactNode {
  const { t } = useTranslation('proofs');
  const { recoveryCodesLeft: count, areRecoveryCodesKept } = security;
  if (count > 0 && areRecoveryCodesKept && count >= FEW) return null;
  return (
    <Banner
      kind="warning"
      icon={<ShieldAlert />}
      isRounded
      action={
        <Button
          size="s"
          onClick={() => {
            const place = document.querySelector<HTMLElement>('[data-setting="recovery"]');
            place?.scrollIntoView({ block: 'center' });
            place?.querySelector('button')?.focus();
          }}
        >
          {t('seeCodes')}
        </Button>
      }
    >
      {count === 0 ? t('codesNone') : areRecoveryCodesKept ? t('codesFew', { count }) : t('codesNotKept')}
    </Banner>
  );
}

function SecuritySkeleton(): ReactNode {
  const { t } = useTranslation('proofs');
  return (
    <Section title={t('totpSection')} text={t('totpText')}>
      <div aria-busy="true">
        <Skeleton width="40%" height="32px" />
      </div>
    </Section>
  );
}
