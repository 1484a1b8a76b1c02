import { ATTACHMENTS_PER_MESSAGE_MAX } from '@dialog/shared/attachments';
import { useTranslation } from 'react-i18next';
import { toast } from '../ui/toast.ts';
import { useAttachments } from './useAttachments.ts';
import type { TrayPlace } from './attachments.trays.ts';

/** Puts files into a tray, and says so when not all fit. */
export function useAddFiles(place: TrayPlace): (picked: readonly File[]) => void {
  const { t } = useTranslation('attachments');
  const { trays } = useAttachments();
  return (picked) => {
    if (trays.add(place, picked) > 0) toast(t('tooMany', { count: ATTACHMENTS_PER_MESSAGE_MAX }), { kind: 'danger' });
  };
}
