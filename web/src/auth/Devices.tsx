import { authRoutes, type Session } from '@dialog/shared/auth';
import { Laptop, Smartphone } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import type { Socket } from '../platform/socket.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Section } from '../ui/Section.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { toast } from '../ui/toast.ts';
import { DeviceRow } from './DeviceRow.tsx';
import styles from './Devices.module.css';
import { FactsFailed } from './FactsFailed.tsx';
import { LinkOther } from './LinkOther.tsx';
import { type Loaded, useAccountFacts } from './useAccountFacts.ts';

export interface DevicesProps {
  readonly call: Call;
  readonly socket: Pick<Socket, 'on' | 'onConnected'>;
}

/** Where one is signed in, the way to end it there, and to sign another one in. */
export function Devices({ call, socket }: DevicesProps): ReactNode {
  const { t } = useTranslation('devices');
  const ask = useCallback(async () => (await call(authRoutes.listSessions, {})).sessions, [call]);
  const { loaded, load } = useAccountFacts(ask, socket);
  const [isLinking, setLinking] = useState(false);
  return (
    <>
      <Section
        title={t('linkOther')}
        text={t('linkOtherText')}
        anchor="link"
        action={
          <Button size="s" icon={<Smartphone />} onClick={() => setLinking(true)}>
            {t('signIn')}
          </Button>
        }
      >
        {null}
      </Section>
      <LinkOther isOpen={isLinking} onClose={() => setLinking(false)} call={call} />
      <Section
        title={t('sessions')}
        text={t('sessionsText')}
        anchor="sessions"
        action={<SignOutOthers call={call} loaded={loaded} onDone={load} />}
      >
        <DeviceList call={call} loaded={loaded} load={load} />
        <p className={styles['foot']}>{t('copyrightOfPlaces')}</p>
      </Section>
    </>
  );
}

interface ListProps {
  readonly call: Call;
  readonly loaded: Loaded<readonly Session[]>;
}

function SignOutOthers({ call, loaded, onDone }: ListProps & { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation('devices');
  const errorText = useErrorText();
  const [isAsking, setAsking] = useState(false);
  const hasOthers = loaded.kind === 'loaded' && loaded.facts.length > 1;

  async function signOutOthers(): Promise<void> {
    const { signedOut } = await call(authRoutes.signOutOthers, {});
    toast(t('signedOutOthers', { count: signedOut }), { kind: 'success' });
    onDone();
  }

  return (
    <>
      {hasOthers && (
        <Button size="s" kind="dangerQuiet" onClick={() => setAsking(true)}>
          {t('signOutOthers')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('signOutOthersTitle')}
        text={t('signOutOthersText')}
        confirmLabel={t('signOutOthers')}
        isDanger
        onConfirm={signOutOthers}
        errorText={errorText}
      />
    </>
  );
}

function DeviceList({ call, loaded, load }: ListProps & { readonly load: () => void }): ReactNode {
  if (loaded.kind === 'loading') return <DevicesSkeleton />;
  if (loaded.kind === 'failed') return <FactsFailed failure={loaded.failure} onRetry={load} />;
  return (
    <ul className={styles['list']}>
      {loaded.facts.map((session) => (
        <DeviceRow key={session.id} call={call} session={session} onChanged={load} />
      ))}
    </ul>
  );
}

export function DevicesSkeleton(): ReactNode {
  return (
    <div className={styles['list']} aria-busy="true">
      {['52%', '44%'].map((width) => (
        <div key={width} className={styles['row']}>
          <span className={styles['icon']} aria-hidden="true">
            <Laptop />
          </span>
          <div className={styles['words']}>
            <Skeleton width={width} height="13px" />
            <Skeleton width="80%" height="11px" />
          </div>
        </div>
      ))}
    </div>
  );
}
