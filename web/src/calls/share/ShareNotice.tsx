import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useActive, useCalls } from '../useCalls.ts';

/** Tells who begins to share; those who shared already when one came are seen. */
export function ShareNotice(): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const people = useActive((call) => call.people);
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const sharing = people.filter((one) => one.share !== null && !one.isMe);
    const before = known.current;
    known.current = new Set(sharing.map((one) => one.identity));
    for (const { identity, name } of sharing) {
      if (!before || before.has(identity)) continue;
      const isSeen = own.store.getState().active?.isStageOpen === true;
      const action = { label: t('show'), run: () => own.showStage(true) };
      toast(t('begins', { name }), isSeen ? {} : { action });
    }
  }, [people, own, t]);
  return null;
}
