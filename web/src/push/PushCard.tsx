import { BellRing } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { mayAsk } from './asking.ts';
import type { Push } from './push.ts';
import styles from './PushCard.module.css';

/** Asks once a person knows what they would be told of; quiet, below the chats. */
export function PushCard({ push }: { readonly push: Push }): ReactNode {
  const { t } = useTranslation('push');
  const { device, asked } = push;
  const state = useStore(device.store);
  const isTime = useStore(asked.store, (known) => mayAsk(known, Date.now()));
  const [isBusy, setBusy] = useState(false);
  const mayBeOn = state.kind === 'off' || state.kind === 'needs-install';
  if (!isTime || !mayBeOn) return null;

  async function turnOn(): Promise<void> {
    setBusy(true);
    await device.turnOn().catch(() => undefined);
    setBusy(false);
    // Whoever said no to the browser meant it.
    if (device.store.getState().kind === 'off') asked.notNow();
  }

  return (
    <aside className={styles['card']}>
      <BellRing aria-hidden="true" />
      <p>{t(state.kind === 'off' ? 'askText' : 'askInstall')}</p>
      <div className={styles['actions']}>
        <Button size="s" kind="quiet" onClick={asked.notNow}>
          {t(state.kind === 'off' ? 'askNotNow' : 'askUnderstood')}
        </Button>
        {state.kind === 'off' && (
          <Button size="s" kind="primary" isBusy={isBusy} onClick={() => void turnOn()}>
            {t('askTurnOn')}
          </Button>
        )}
      </div>
    </aside>
  );
}
