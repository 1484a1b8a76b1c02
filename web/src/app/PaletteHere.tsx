import { Keyboard, Languages, LogOut, Settings, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SearchPalette } from '../search/SearchPalette.tsx';
import { openKeysHelp } from './keysHelp.ts';
import { closePalette, paletteStore } from './palette.ts';
import { useApp } from './useApp.ts';
import { useOpenMessage } from './useOpenMessage.ts';
import { useSession } from './useSession.ts';

interface PaletteHereProps {
  readonly onNewChat: () => void;
  readonly onSignOut: () => void;
}

/** The palette with what this app has to offer. */
export function PaletteHere({ onNewChat, onSignOut }: PaletteHereProps): ReactNode {
  const { t } = useTranslation('app');
  const { router } = useApp();
  const { call } = useSession();
  const isOpen = useStore(paletteStore, (state) => state.isOpen);
  const toSettings = (): void => router.go({ name: 'settings' });
  return (
    <SearchPalette
      isOpen={isOpen}
      onClose={closePalette}
      call={call}
      onOpenChat={(chatId) => router.go({ name: 'chat', chatId })}
      onOpenMessage={useOpenMessage()}
      acts={[
        { id: 'newChat', label: t('newChat'), icon: <SquarePen />, run: onNewChat },
        {
          id: 'settings',
          label: t('settings'),
          alsoFoundBy: t('settingsFoundBy'),
          icon: <Settings />,
          run: toSettings,
        },
        { id: 'look', label: t('settingsLook'), alsoFoundBy: t('lookFoundBy'), icon: <Languages />, run: toSettings },
        { id: 'keys', label: t('keys'), icon: <Keyboard />, run: openKeysHelp },
        { id: 'signOut', label: t('signOut'), icon: <LogOut />, run: onSignOut },
      ]}
    />
  );
}
