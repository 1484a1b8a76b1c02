import type { Chat } from '@dialog/shared/chats';
import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lifetimeText } from '../chats/lifetimes.ts';
import styles from './LifetimeSign.module.css';

/** That messages of this chat disappear, and after how long. */
export function LifetimeSign({ chat: { messageLifetimeSeconds } }: { readonly chat: Chat }): ReactNode {
  const { t, i18n } = useTranslation('messages');
  if (messageLifetimeSeconds === undefined) return null;
  const time = lifetimeText(messageLifetimeSeconds, i18n.language);
  const words = t('disappearAfter', { time });
  return (
    <span className={styles['sign']} title={words}>
      <Timer aria-hidden="true" />
      <span className="visually-hidden">{words}</span>
      <span className={styles['time']} aria-hidden="true">
        {time}
      </span>
    </span>
  );
}
