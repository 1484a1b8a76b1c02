import type { ChatId } from '@dialog/shared/contract/values';
import { Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { useCallIn, useCalls, useOwnCall } from './useCalls.ts';

/** In a conversation's header: starts, joins, or shows the call of this chat. */
export function CallButton({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const call = useCallIn(chatId);
  const isMine = useOwnCall(({ active }) => active?.chatId === chatId);
  const label = isMine ? t('showCall') : call ? t('joinCall') : t('startCall');
  return (
    <IconButton label={label} kind={call ? 'accent' : 'plain'} onClick={() => own.openLobby(chatId)}>
      <Video />
    </IconButton>
  );
}
