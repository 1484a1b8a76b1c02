import type { PresenceSettings } from '@dialog/shared/settings.values';
import type { User } from '@dialog/shared/users';
import { CircleDot, Keyboard, LogOut, Settings, Smile, Star } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { useStatus } from '../users/profile/useStatus.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { ownDot } from '../presence/ownDot.ts';
import { endText } from '../presence/spans.ts';
import { usePresenceChoice } from '../presence/usePresenceChoice.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { ThemeMenuChoice } from './Appearance.tsx';
import { openKeysHelp } from './keysHelp.ts';
import styles from './Shell.module.css';
import { bringLateWords } from './words.late.ts';
import { useApp } from './useApp.ts';
import { useAppearance } from './useAppearance.ts';
import { useMe } from './useMe.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import { useOpenMessage } from './useOpenMessage.ts';
import { useSession } from './useSession.ts';

const StarredDialog = lazy(async () => ({ default: (await import('../messages/StarredDialog.tsx')).StarredDialog }));

const PresenceDialog = lazy(async () => {
  const [{ PresenceDialog: Dialog }] = await Promise.all([import('../presence/PresenceDialog.tsx'), bringLateWords()]);
  return { default: Dialog };
});

interface SidebarBarProps {
  readonly isLeaving: boolean;
  readonly onLeaving: (isLeaving: boolean) => void;
  readonly children?: ReactNode;
}

/** Above the chat list: who one is, and what can be begun. */
export function SidebarBar({ isLeaving, onLeaving, children }: SidebarBarProps): ReactNode {
  const { t } = useTranslation('app');
  const { router, account } = useApp();
  const { chats, settings } = useSession();
  const user = useMe();
  const said = useSaid();
  const { chooseTheme } = useAppearance();
  const errorText = useErrorText();
  const [isStarred, setStarred] = useState(false);
  const openMessage = useOpenMessage();
  const [isChoosing, setChoosing] = useState(false);
  const chosen = usePresenceChoice(chats.sync);
  const state = useOwnState(chosen);
  return (
    <header className={styles['bar']}>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            className={styles['meButton']}
            data-me=""
            aria-label={t('me', { name: nameOf(user, chosen, state) })}
          >
            <PersonAvatar user={user} size={34} dot={ownDot(chosen.choice)} />
          </button>
        }
      >
        <MenuItem icon={<CircleDot />} onSelect={() => setChoosing(true)}>
          {t('status', { state })}
        </MenuItem>
        <MenuItem
          icon={<Smile />}
          onSelect={() => router.go({ name: 'settings', section: 'profile', setting: 'status' })}
        >
          {said ?? t('setStatus')}
        </MenuItem>
        <MenuItem icon={<Settings />} onSelect={() => router.go({ name: 'settings' })}>
          {t('settings')}
        </MenuItem>
        <MenuItem icon={<Star />} onSelect={() => setStarred(true)}>
          {t('starred')}
        </MenuItem>
        <MenuItem icon={<Keyboard />} onSelect={openKeysHelp}>
          {t('keys')}
        </MenuItem>
        <MenuSeparator />
        <ThemeMenuChoice onChoose={chooseTheme} />
        <MenuSeparator />
        <MenuItem icon={<LogOut />} onSelect={() => onLeaving(true)} isDanger>
          {t('signOut')}
        </MenuItem>
      </Menu>
      <h1 className={styles['barTitle']}>{t('chats')}</h1>
      {children}
      <ConfirmDialog
        isOpen={isLeaving}
        onClose={() => onLeaving(false)}
        title={t('signOutTitle')}
        text={t('signOutText')}
        confirmLabel={t('signOut')}
        isDanger
        onConfirm={account.signOut}
        errorText={errorText}
      />
      {isChoosing && (
        <Suspense>
          <PresenceDialog user={user} chosen={chosen} onChange={settings.change} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
      {isStarred && (
        <Suspense>
          <StarredDialog onClose={() => setStarred(false)} onOpen={openMessage} />
        </Suspense>
      )}
    </header>
  );
}

/** What one says one is doing. */
function useSaid(): string | undefined {
  const { sync } = useSession().chats;
  const status = useStatus(useStore(sync.store, ({ list }) => list.profile?.status));
  return status ? [status.emoji, status.text].filter(Boolean).join(' ') : undefined;
}

/** How one is seen, in a word. */
function useOwnState({ choice, until }: PresenceSettings): string {
  const { t, i18n } = useTranslation('app');
  const { t: ofChats } = useTranslation('chats');
  const state = choice === 'invisible' ? t('invisible') : ofChats(choice === 'automatic' ? 'online' : choice);
  return until === null ? state : t('stateUntil', { state, time: endText(until, i18n.language) });
}

/** Said where it is not as always. */
function nameOf({ displayName }: User, { choice }: PresenceSettings, state: string): string {
  return choice === 'automatic' ? displayName : `${displayName}, ${state}`;
}
