import { EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsChange } from '@dialog/shared/settings';
import type { ChatSync } from '../chats/chats.sync.ts';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import styles from './InvisibleHint.module.css';
import { endText } from './spans.ts';
import { usePresenceChoice } from './usePresenceChoice.ts';

interface InvisibleHintProps {
  readonly sync: Pick<ChatSync, 'store'>;
  readonly onChange: (change: SettingsChange) => Promise<void>;
}

/** Whoever is invisible should not wonder why nobody answers. */
export function InvisibleHint({ sync, onChange }: InvisibleHintProps): ReactNode {
  const { t, i18n } = useTranslation('presence');
  const { choice, until } = usePresenceChoice(sync);
  const { act, isBusy, error } = useAct();
  if (choice !== 'invisible') return null;
  const end = until === null ? undefined : t('until', { time: endText(until, i18n.language) });
  return (
    <aside className={styles['hint']} aria-label={t('invisible')}>
      <EyeOff aria-hidden="true" />
      <div>
        <p>
          {t('invisibleHint')} {end}
        </p>
        <Failure text={error} />
      </div>
      <Button
        size="s"
        kind="quiet"
        isBusy={isBusy}
        onClick={() => void act(() => onChange({ presence: { choice: 'automatic', until: null } }))}
      >
        {t('showMe')}
      </Button>
    </aside>
  );
}
