import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { useIsMoved } from './useIsOpenToServer.ts';

/** Where the stage is not in sight: tells that the server could listen from now on. There a note stands (MovedNote). */
export function MovedNotice(): ReactNode {
  const { t } = useTranslation(['stage', 'calls']);
  const { own } = useCalls();
  const startedAt = useActive((call) => call.startedAt);
  const isMoved = useIsMoved();
  const known = useRef({ startedAt, isMoved });
  useEffect(() => {
    const before = known.current;
    known.current = { startedAt, isMoved };
    if (!isMoved || (before.isMoved && before.startedAt === startedAt)) return;
    toast(t('open-moved'), { action: { label: t('calls:showCall'), run: () => own.showStage(true) } });
  }, [isMoved, startedAt, own, t]);
  return null;
}
