import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { ScheduledItem } from './ScheduledDialog.tsx';
import styles from './ScheduleDialog.module.css';
import { useScheduled } from './useScheduled.ts';

/** What one had scheduled in a chat that one is no longer in: the words are still one's own. */
export function ScheduledLeft({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const scheduled = useScheduled();
  const messages = useStore(scheduled.store, (byChat) => byChat.get(chatId));
  useEffect(() => void scheduled.load(chatId), [scheduled, chatId]);
  if (!messages?.length) return null;
  return (
    <ul className={styles['list']}>
      {messages.map((message) => (
        <ScheduledItem key={message.id} message={message} />
      ))}
    </ul>
  );
}
