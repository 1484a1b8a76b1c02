import type { SettingsChange } from '@dialog/shared/settings';
import type { User } from '@dialog/shared/users';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSync } from '../chats/chats.sync.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import { ownDot } from './ownDot.ts';
import { PresenceDialog } from './PresenceDialog.tsx';
import styles from './PresenceSection.module.css';
import { endText } from './spans.ts';
import { usePresenceChoice } from './usePresenceChoice.ts';

interface PresenceSectionProps {
  readonly user: User;
  readonly sync: Pick<ChatSync, 'store'>;
  readonly onChange: (change: SettingsChange) => Promise<void>;
}

/** How others see one, as it is chosen now. */
export function PresenceSection({ user, sync, onChange }: PresenceSectionProps): ReactNode {
  const { t, i18n } = useTranslation('presence');
  const chosen = usePresenceChoice(sync);
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t('title')} text={t('titleText')} anchor="presence">
      <div className={styles['now']}>
        <PersonAvatar user={user} size={40} dot={ownDot(chosen.choice)} />
        <div className={styles['words']}>
          <p className={styles['name']}>{t(chosen.choice)}</p>
          {chosen.until !== null && (
            <p className={styles['end']}>{t('until', { time: endText(chosen.until, i18n.language) })}</p>
          )}
        </div>
        <Button aria-label={t('changeTitle')} onClick={() => setOpen(true)}>
          {t('change')}
        </Button>
      </div>
      {isOpen && <PresenceDialog user={user} chosen={chosen} onChange={onChange} onClose={() => setOpen(false)} />}
    </Section>
  );
}
