import type { ChatId } from '@dialog/shared/contract/values';
import { Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CallBadge.module.css';
import { useCallIn } from './useCalls.ts';

/** In the chat list: a call is going on in this chat. */
export function CallBadge({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  if (!useCallIn(chatId)) return null;
  return (
    <span className={styles['badge']}>
      <Video aria-hidden="true" />
      <span className="visually-hidden">{t('badge')}</span>
    </span>
  );
}
