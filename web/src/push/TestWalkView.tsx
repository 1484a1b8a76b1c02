import { Check, Circle, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { useStore } from 'zustand';
import { systemClock as clock } from '../platform/clock.ts';
import { Button } from '../ui/Button.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './NotificationSettings.module.css';
import type { Push } from './push.ts';
import { createTestWalk, type WalkState } from './testWalk.ts';

interface TestWalkViewProps {
  readonly push: Push;
  readonly onDone: () => void;
}

/** The way of one notification to this device, hop by hop as it happens. */
export function TestWalkView({ push, onDone }: TestWalkViewProps): ReactNode {
  const { t } = useTranslation('push');
  const [walk] = useState(() => createTestWalk({ ...push, clock, newId: uuidv7 }));
  const { hops, why, status } = useStore(walk.store);
  useEffect(() => walk.stop, [walk]);
  return (
    <div className={styles['test']}>
      <Button isBusy={status === 'running'} onClick={() => void walk.run().then(onDone)}>
        {t(status === 'new' ? 'test' : 'testAgain')}
      </Button>
      {status !== 'new' && (
        <ol className={styles['hops']} aria-label={t('testTitle')} aria-busy={status === 'running'}>
          {hops.map(({ hop, status: at }) => (
            <li key={hop} className={styles['hop']} data-status={at}>
              <HopSign status={at} />
              <span>
                {t(`hop_${hop}`)}
                <span className="visually-hidden">: {t(SAID[at])}</span>
                {at === 'failed' && why && <span className={styles['why']}>{t(`why_${why}`)}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
      <output className={status === 'done' ? styles['hint'] : 'visually-hidden'}>
        {status === 'done' && t('testDone')}
      </output>
    </div>
  );
}

type HopStatus = WalkState['hops'][number]['status'];

const SAID = { waiting: 'testWaiting', running: 'testRunning', ok: 'testOk', failed: 'testFailed' } as const;

function HopSign({ status }: { readonly status: HopStatus }): ReactNode {
  if (status === 'running') return <Spinner />;
  if (status === 'ok') return <Check aria-hidden="true" />;
  return status === 'failed' ? <X aria-hidden="true" /> : <Circle aria-hidden="true" />;
}
