import { Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useActive } from '../useCalls.ts';

/** By when they began, which stays when they go on in another chat. A stage that opens anew does not say it again. */
const putAway = createStore<ReadonlySet<string>>(() => new Set());

/** This call was direct, and is no longer: from now on the server could listen. Stands until it is put away. */
export function MovedNote(): ReactNode {
  const { t } = useTranslation('stage');
  const startedAt = useActive((call) => call.startedAt);
  const isPutAway = useStore(putAway, (calls) => calls.has(startedAt));
  if (isPutAway) return null;
  return (
    <Banner
      isRounded
      kind="warning"
      icon={<Server aria-hidden="true" />}
      action={
        <Button size="s" onClick={() => putAway.setState((calls) => new Set(calls).add(startedAt), true)}>
          {t('noteRead')}
        </Button>
      }
    >
      {t('open-moved')}
    </Banner>
  );
}
