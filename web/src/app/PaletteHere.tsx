import { Keyboard, LogOut, Phone, Settings, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SearchPalette } from '../search/SearchPalette.tsx';
import { openKeysHelp } from './keysHelp.ts';
import { closePalette, paletteStore } from './palette.ts';
import { useLate } from '../platform/late.ts';
import { settingsFrame } from './settings/frame.late.ts';
import { useWords } from './settings/useWords.ts';
import { useApp } from './useApp.ts';
import { useCallActs } from './useCallActs.tsx';
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
  const say = useWords();
  const settings = useLate(settingsFrame)?.findable(say) ?? [];
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
          icon: <Settings />,
          run: () => router.go({ name: 'settings' }),
        },
        { id: 'calls', label: t('calls'), icon: <Phone />, run: () => router.go({ name: 'calls' }) },
        { id: 'keys', label: t('keys'), icon: <Keyboard />, run: openKeysHelp },
        { id: 'signOut', label: t('signOut'), icon: <LogOut />, run: onSignOut },
        ...useCallActs(),
        ...settings.map(({ section, entry, title, words }) => ({
          id: `setting-${section.id}-${entry?.anchor ?? ''}`,
          label: title,
          under: entry ? `${t('settings')} · ${say(section.title)}` : t('settings'),
          alsoFoundBy: words,
          isOnlyFound: true,
          icon: <section.icon />,
          run: () => router.go({ name: 'settings', section: section.id, ...(entry ? { setting: entry.anchor } : {}) }),
        })),
      ]}
    />
  );
}
