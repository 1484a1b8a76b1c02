import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast.ts';
import { useEverTrue } from '../ui/useEverTrue.ts';
import { useCalls, useOwnCall } from './useCalls.ts';

const CallLobby = lazy(async () => ({ default: (await import('./lobby/CallLobby.tsx')).CallLobby }));
const CallStage = lazy(async () => ({ default: (await import('./stage/CallStage.tsx')).CallStage }));

const CallReport = lazy(async () => ({ default: (await import('./quality/CallReport.tsx')).CallReport }));

const ENDINGS = { ended: 'endedTitle', removed: 'removedTitle', replaced: 'replacedTitle' } as const;

/** Over every page: the lobby and the stage. They are loaded when one comes near a call. */
export function CallLayer(): ReactNode {
  const hasLobby = useOwnCall(({ lobby }) => lobby !== null);
  const hasStage = useOwnCall(({ active }) => active?.isStageOpen === true);
  const hadStage = useEverTrue(hasStage);
  useEndNotice();
  useEffect(() => {
    if (hasLobby) void import('./stage/CallStage.tsx');
  }, [hasLobby]);
  return (
    <Suspense>
      {hasStage && <CallStage />}
      {hadStage && <CallReport />}
      {hasLobby && <CallLobby />}
    </Suspense>
  );
}

function useEndNotice(): void {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const ended = useOwnCall((state) => state.ended);
  useEffect(() => {
    if (!ended) return;
    toast(t(ENDINGS[ended.reason]));
    own.dismissEnd();
  }, [ended, own, t]);
}
