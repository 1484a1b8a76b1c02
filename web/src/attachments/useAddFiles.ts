import { ATTACHMENTS_PER_MESSAGE_MAX } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast.ts';
import { useAttachments } from './useAttachments.ts';

/** Puts files into the tray of a chat, and says so when not all fit. */
export function useAddFiles(chatId: ChatId): (picked: readonly File[]) => void {
  const { t } = useTranslation('attachments');
  const { trays } = useAttachments();
  return (picked) => {
    if (trays.add(chatId, picked) > 0) toast(t('tooMany', { count: ATTACHMENTS_PER_MESSAGE_MAX }), { kind: 'danger' });
  };
}
