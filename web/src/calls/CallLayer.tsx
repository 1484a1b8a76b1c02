import type { ChatId } from '@dialog/shared/contract/values';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLate } from '../platform/late.ts';
import { toast } from '../ui/toast.ts';
import { useEverTrue } from '../ui/useEverTrue.ts';
import { LedNotice } from './adding/late.ts';
import { bringLobbyWords } from './lobbyWords.ts';
import { useRings } from './ring/useRings.ts';
import { useCalls, useOwnCall } from './useCalls.ts';

const loadStage = (): Promise<typeof import('./stage/CallStage.tsx')> => import('./stage/CallStage.tsx');
const CallLobby = lazy(async () => {
  const [{ CallLobby: Lobby }] = await Promise.all([import('./lobby/CallLobby.tsx'), bringLobbyWords()]);
  return { default: Lobby };
});
const CallStage = lazy(async () => {
  const [{ CallStage: Stage }] = await Promise.all([loadStage(), bringLobbyWords()]);
  return { default: Stage };
});
const CallAids = lazy(async () => {
  const [{ CallAids: Aids }] = await Promise.all([import('./devices/CallAids.tsx'), bringLobbyWords()]);
  return { default: Aids };
});
const PictureLayer = lazy(async () => ({ default: (await import('./stage/PictureLayer.tsx')).PictureLayer }));
const CallOrder = lazy(async () => ({ default: (await import('./order/CallOrder.tsx')).CallOrder }));
const CallReport = lazy(async () => ({ default: (await import('./quality/CallReport.tsx')).CallReport }));
const RingLayer = lazy(async () => ({ default: (await import('./ring/RingLayer.tsx')).RingLayer }));

const ENDINGS = {
  ended: 'endedTitle',
  removed: 'removedTitle',
  replaced: 'replacedTitle',
  fetched: 'fetchedTitle',
} as const;

interface CallLayerProps {
  /** Shows the call's chat; the stage has made room for it. */
  readonly onOpenChat: (chatId: ChatId) => void;
}

/** So that a press on "join" or "answer" finds it here. */
function loadInside(): void {
  void Promise.all([loadStage(), bringLobbyWords()]).catch(() => {}); // Loaded again when it is shown.
}

/** Over every page: the lobby and the stage, loaded when one comes near a call, and whoever calls. */
export function CallLayer({ onOpenChat }: CallLayerProps): ReactNode {
  const rings = useLate(useCalls().rings);
  const lobby = useOwnCall((state) => state.lobby);
  // Who answers goes straight in: the door opens only if it does not let them.
  const isEntering = useRings(({ incoming }) =>
    incoming.some(({ chatId, isAnswered }) => isAnswered && chatId === lobby?.chatId),
  );
  const isNear = useRings(({ incoming }) => incoming.length > 0) || lobby !== null;
  const hasLobby = lobby !== null && !(isEntering && lobby.isJoining);
  const hasStage = useOwnCall(({ active }) => active?.isStageOpen === true);
  const hadStage = useEverTrue(hasStage);
  const isInCall = useOwnCall(({ active }) => active !== null);
  useEndNotice();
  useEffect(() => {
    if (isNear) loadInside();
  }, [isNear]);
  return (
    <>
      <Suspense>
        {hasStage && <CallStage onOpenChat={onOpenChat} />}
        {hasLobby && <CallLobby />}
      </Suspense>
      <Suspense>
        {hadStage && <CallReport />}
        {hadStage && <CallOrder />}
        {isInCall && (
          <>
            <CallAids />
            <PictureLayer />
            <LedNotice />
          </>
        )}
      </Suspense>
      <Suspense>{rings && <RingLayer rings={rings} />}</Suspense>
    </>
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
