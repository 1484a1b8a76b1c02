import { Sparkles } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { recordings } from '../attachments/recorder.ts';
import { systemClock as clock } from '../platform/clock.ts';
import { beforeReload, takeUpdate, updateStore } from '../platform/serviceWorker.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import type { Session } from './session.ts';
import styles from './UpdateNote.module.css';
import { createUpdating, type Updating } from './updating.ts';
import { useSession } from './useSession.ts';

/** Offers a new build; takes it only when asked, after what was typed is safely kept, and not while anybody is in a call. */
export function UpdateNote(): ReactNode {
  const updating = useUpdating(useSession());
  const { t } = useTranslation('app');
  const isReady = useStore(updateStore, (state) => state.isReady);
  const { kind } = useStore(updating.store);
  const [isPutOff, setPutOff] = useState(false);
  if (!isReady || isPutOff) return null;
  return (
    <div className={styles['place']}>
      <Banner
        icon={<Sparkles />}
        isRounded
        action={
          <>
            <Button size="s" kind="quiet" onClick={() => setPutOff(true)}>
              {t('later')}
            </Button>
            <Button size="s" kind="primary" isBusy={kind === 'asking'} onClick={() => void updating.take()}>
              {t('reload')}
            </Button>
          </>
        }
      >
        {t(kind === 'busy' ? 'newVersionBusy' : 'newVersion')}
      </Banner>
    </div>
  );
}

function useUpdating({ calls, keepDrafts }: Session): Updating {
  const [updating] = useState(() => createUpdating({ locks: navigator.locks, takeUpdate }));
  useEffect(() => {
    const { store } = calls.own;
    const inCall = { isBusy: () => store.getState().active !== null, subscribe: store.subscribe };
    const recording = { isBusy: () => recordings.getState() > 0, subscribe: recordings.subscribe };
    return updating.follow([inCall, recording]);
  }, [updating, calls]);
  useEffect(
    () =>
      // Another tab may have taken it all the same: a call that began meanwhile is not cut off.
      beforeReload(async () => {
        while (calls.own.store.getState().active !== null || recordings.getState() > 0) {
          // oxlint-disable-next-line no-await-in-loop -- looked at again until it is over
          await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
        }
        await keepDrafts();
      }),
    [calls, keepDrafts],
  );
  return updating;
}

const LOOK_EVERY_MS = 1_000;
