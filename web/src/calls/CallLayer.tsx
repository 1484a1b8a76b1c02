import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy, createLate, useLate } from '../platform/late.ts';
import { toast } from '../ui/toast.ts';
import { useEverTrue } from '../ui/useEverTrue.ts';
import { LedNotice } from './adding/late.ts';
import { bringLobbyWords } from './lobbyWords.ts';
import { useRings } from './ring/useRings.ts';
import { useCalls, useOwnCall } from './useCalls.ts';

const CallLobby = lazy(async () => {
  const [{ CallLobby: Lobby }] = await Promise.all([import('./lobby/CallLobby.tsx'), bringLobbyWords()]);
  return { default: Lobby };
});
const stageLate = createLate(async () => {
  const [{ CallStage }] = await Promise.all([import('./stage/CallStage.tsx'), bringLobbyWords()]);
  return { CallStage };
});
/** What goes with every call. */
const companyLate = createLate(async () => {
  const [{ CallAids }, { PictureLayer }, { CallOrder }, { CallReport }] = await Promise.all([
    import('./devices/CallAids.tsx'),
    import('./stage/PictureLayer.tsx'),
    import('./order/CallOrder.tsx'),
    import('./quality/CallReport.tsx'),
    bringLobbyWords(),
  ]);
  return { CallAids, PictureLayer, CallOrder, CallReport };
});
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
  // What fails is loaded again when it is shown.
  for (const late of [stageLate, companyLate]) late.load().catch(() => {});
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
  const stage = useLate(stageLate, hasStage);
  useEndNotice();
  useEffect(() => {
    if (isNear) loadInside();
  }, [isNear]);
  return (
    <>
      <Suspense>{stage && <stage.CallStage onOpenChat={onOpenChat} />}</Suspense>
      <Suspense>{hasLobby && <CallLobby />}</Suspense>
      <Company hasStage={hasStage} />
      <Suspense>{rings && <RingLayer rings={rings} />}</Suspense>
    </>
  );
}

function Company({ hasStage }: { readonly hasStage: boolean }): ReactNode {
  const hadStage = useEverTrue(hasStage);
  const isInCall = useOwnCall(({ active }) => active !== null);
  const company = useLate(companyLate, hadStage || isInCall);
  if (!company) return null;
  return (
    <Suspense>
      {hadStage && <company.CallReport />}
      {hadStage && <company.CallOrder />}
      {isInCall && <company.CallAids />}
      {isInCall && <company.PictureLayer />}
      <Suspense>{isInCall && <LedNotice />}</Suspense>
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
