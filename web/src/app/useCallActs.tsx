import { Phone, Video } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { openCall } from '../calls/openCall.ts';
import { useCalls } from '../calls/useCalls.ts';
import { useChatTitle } from '../chats/useChats.ts';
import type { PaletteAct } from '../search/palette.entries.ts';
import { useSession } from './useSession.ts';

/** Calls everybody one has a chat with, and each group, by their names. */
export function useCallActs(): readonly PaletteAct[] {
  const { t } = useTranslation('app');
  const { own } = useCalls();
  const { sync } = useSession().chats;
  const titleOf = useChatTitle();
  const { chats, relations } = useStore(sync.store, ({ list }) => list);
  return [...chats.values()].flatMap(({ summary }) => {
    const { chat, peer } = summary;
    if (chat.kind === 'notes' || (peer && relations.get(peer.id)?.isBlocked === true)) return [];
    const name = titleOf(summary);
    const act = (hasCamera: boolean): PaletteAct => ({
      id: `call-${hasCamera ? 'video' : 'voice'}-${chat.id}`,
      label: t(hasCamera ? 'callVideoNamed' : 'callNamed', { name }),
      isOnlyFound: true,
      icon: hasCamera ? <Video /> : <Phone />,
      run: () => openCall(own, { chatId: chat.id, hasCamera }),
    });
    return [act(false), act(true)];
  });
}
