import type { ChatId } from '@dialog/shared/contract/values';
import type { ScheduledMessage } from '@dialog/shared/messages.scheduled';
import { CalendarClock } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import styles from './TaskBar.module.css';
import { useDesk } from './useDesk.ts';
import { useScheduled } from './useScheduled.ts';

/** Above the composer, while something waits for its time: opens the list of it. */
export function ScheduledBar({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('messages');
  const scheduled = useScheduled();
  const desk = useDesk();
  const count = useStore(scheduled.store, (byChat) => byChat.get(chatId)?.length ?? 0);
  const failed = useStore(scheduled.store, (byChat) => countFailed(byChat.get(chatId)));
  useEffect(() => void scheduled.load(chatId), [scheduled, chatId]);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className={styles['scheduled']}
      onClick={() => desk.setState({ dialog: { kind: 'scheduled' } })}
    >
      <CalendarClock aria-hidden="true" />
      {t('scheduledCount', { count })}
      {failed > 0 && <span className={styles['failed']}>{t('scheduledFailedCount', { count: failed })}</span>}
    </button>
  );
}

/** What slow mode keeps is tried again by itself. */
function countFailed(messages: readonly ScheduledMessage[] = []): number {
  return messages.filter(({ failure }) => failure !== undefined && failure !== 'slow-mode').length;
}
