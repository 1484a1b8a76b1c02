import type { ChatId } from '@dialog/shared/contract/values';
import { Phone, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { openCall } from './openCall.ts';
import { useCallIn, useCalls, useOwnCall } from './useCalls.ts';

/** In a conversation's header: calls by voice or with pictures; joins, or shows, the call that goes on there. */
export function CallButton({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const call = useCallIn(chatId);
  const isMine = useOwnCall(({ active }) => active?.chatId === chatId);
  if (isMine || call)
    return (
      <IconButton
        label={isMine ? t('showCall') : t('joinCall')}
        kind={call ? 'accent' : 'plain'}
        onClick={() => own.openLobby(chatId)}
      >
        <Video />
      </IconButton>
    );
  return (
    <>
      <IconButton label={t('startVoice')} onClick={() => openCall(own, { chatId, hasCamera: false })}>
        <Phone />
      </IconButton>
      <IconButton label={t('startVideo')} onClick={() => openCall(own, { chatId, hasCamera: true })}>
        <Video />
      </IconButton>
    </>
  );
}
