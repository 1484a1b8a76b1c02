import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useActive, useCalls } from '../useCalls.ts';

/** Where the stage is not in sight: tells who begins to share. */
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
      toast(t('begins', { name }), { action: { label: t('show'), run: () => own.showStage(true) } });
    }
  }, [people, own, t]);
  return null;
}
