import { Keyboard, LogOut, Settings, Star } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { ThemeMenuChoice } from './Appearance.tsx';
import { openKeysHelp } from './keysHelp.ts';
import styles from './Shell.module.css';
import { useApp } from './useApp.ts';
import { useOpenMessage } from './useOpenMessage.ts';
import { useSession } from './useSession.ts';

const StarredDialog = lazy(async () => ({ default: (await import('../messages/StarredDialog.tsx')).StarredDialog }));

interface SidebarBarProps {
  readonly isLeaving: boolean;
  readonly onLeaving: (isLeaving: boolean) => void;
  readonly children?: ReactNode;
}

/** Above the chat list: who one is, and what can be begun. */
export function SidebarBar({ isLeaving, onLeaving, children }: SidebarBarProps): ReactNode {
  const { t } = useTranslation('app');
  const { router, account } = useApp();
  const { user } = useSession().me;
  const errorText = useErrorText();
  const [isStarred, setStarred] = useState(false);
  const openMessage = useOpenMessage();
  return (
    <header className={styles['bar']}>
      <Menu
        align="start"
        trigger={
          <button type="button" className={styles['meButton']} aria-label={t('me', { name: user.displayName })}>
            <Avatar name={user.displayName} id={user.id} size={34} />
          </button>
        }
      >
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
        <ThemeMenuChoice />
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
      {isStarred && (
        <Suspense>
          <StarredDialog onClose={() => setStarred(false)} onOpen={openMessage} />
        </Suspense>
      )}
    </header>
  );
}
