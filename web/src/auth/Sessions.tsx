import { authRoutes, type Session } from '@dialog/shared/auth';
import { Laptop, RotateCw, Smartphone } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Badge } from '../ui/Badge.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Section } from '../ui/Section.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { toast } from '../ui/toast.ts';
import { dayAndTime } from './dayAndTime.ts';
import styles from './Sessions.module.css';

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: unknown }
  | { readonly kind: 'loaded'; readonly sessions: readonly Session[] };

/** Where one is signed in, and the way to end it there. */
export function Sessions({ call }: { readonly call: Call }): ReactNode {
  const { t } = useTranslation('auth');
  const errorText = useErrorText();
  const { loaded, load } = useSessions(call);
  const [isAsking, setAsking] = useState(false);
  const hasOthers = loaded.kind === 'loaded' && loaded.sessions.length > 1;

  async function signOutOthers(): Promise<void> {
    const { signedOut } = await call(authRoutes.signOutOthers, {});
    toast(t('signedOutOthers', { count: signedOut }), { kind: 'success' });
    load();
  }

  return (
    <Section
      title={t('sessions')}
      text={t('sessionsText')}
      anchor="sessions"
      action={
        hasOthers && (
          <Button size="s" kind="dangerQuiet" onClick={() => setAsking(true)}>
            {t('signOutOthers')}
          </Button>
        )
      }
    >
      <SessionList call={call} loaded={loaded} load={load} />
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
    </Section>
  );
}

interface SessionListProps {
  readonly call: Call;
  readonly loaded: Loaded;
  readonly load: () => void;
}

function SessionList({ call, loaded, load }: SessionListProps): ReactNode {
  const { t } = useTranslation('auth');
  const errorText = useErrorText();
  if (loaded.kind === 'loading') return <SessionsSkeleton />;
  if (loaded.kind === 'failed') {
    return (
      <Banner
        kind="danger"
        isRounded
        action={
          <Button size="s" icon={<RotateCw />} onClick={load}>
            {t('retry')}
          </Button>
        }
      >
        {errorText(loaded.failure)}
      </Banner>
    );
  }
  return (
    <ul className={styles['list']}>
      {loaded.sessions.map((session) => (
        <SessionRow key={session.id} call={call} session={session} onEnded={load} />
      ))}
    </ul>
  );
}

interface SessionRowProps {
  readonly call: Call;
  readonly session: Session;
  readonly onEnded: () => void;
}

function SessionRow({ call, session, onEnded }: SessionRowProps): ReactNode {
  const { t, i18n } = useTranslation('auth');
  const errorText = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const when = (time: string): string => dayAndTime(time, i18n.language);
  const isPhone = /Android|iPhone|iPad|Mobile/i.test(session.device);

  async function end(): Promise<void> {
    setBusy(true);
    try {
      await call(authRoutes.signOutSession, { params: { sessionId: session.id } });
      toast(t('signedOutDevice'), { kind: 'success' });
    } catch (failure) {
      toast(errorText(failure), { kind: 'danger' });
    }
    setBusy(false);
    onEnded();
  }

  return (
    <li className={styles['row']}>
      <span className={styles['icon']} aria-hidden="true">
        {isPhone ? <Smartphone /> : <Laptop />}
      </span>
      <div className={styles['words']}>
        <p className={styles['device']}>
          {session.device}
          {session.isThisOne && <Badge kind="success">{t('thisDevice')}</Badge>}
        </p>
        <p className={styles['note']}>
          {t('lastSeen', { when: when(session.lastSeenAt), address: session.address })}
          {' · '}
          {t('signedInAt', { when: when(session.createdAt) })}
        </p>
      </div>
      {!session.isThisOne && (
        <Button
          size="s"
          isBusy={isBusy}
          onClick={() => void end()}
          aria-label={t('signOutDevice', { device: session.device })}
        >
          {t('signOutShort')}
        </Button>
      )}
    </li>
  );
}

function SessionsSkeleton(): ReactNode {
  return (
    <div className={styles['list']} aria-busy="true">
      {['52%', '44%'].map((width) => (
        <div key={width} className={styles['row']}>
          <Skeleton width="36px" height="36px" />
          <div className={styles['words']}>
            <Skeleton width={width} height="13px" />
            <Skeleton width="80%" height="11px" />
          </div>
        </div>
      ))}
    </div>
  );
}

function useSessions(call: Call): { readonly loaded: Loaded; readonly load: () => void } {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const load = useCallback(() => {
    call(authRoutes.listSessions, {}).then(
      ({ sessions }) => setLoaded({ kind: 'loaded', sessions }),
      (failure: unknown) => setLoaded({ kind: 'failed', failure }),
    );
  }, [call]);
  useEffect(load, [load]);
  return { loaded, load };
}
