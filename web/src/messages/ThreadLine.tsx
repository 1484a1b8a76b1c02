import type { UserId } from '@dialog/shared/contract/values';
import type { Message, MessageMark } from '@dialog/shared/messages';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortTime } from '../chats/times.ts';
import { useChats, usePersonName } from '../chats/useChats.ts';
import { useDay } from '../chats/useDay.ts';
import { hasNews } from './messages.threads.store.ts';
import styles from './ThreadLine.module.css';
import { PersonFace } from '../chats/PersonFace.tsx';

interface ThreadLineProps {
  readonly message: Message;
  readonly mark: MessageMark | null;
}

/** Under a message: that something was said about it, by whom last and when. Pressed, it opens the thread. */
export function ThreadLine({ message, mark }: ThreadLineProps): ReactNode {
  if (!message.replies) return null;
  return (
    <button type="button" className={styles['line']} data-act="thread">
      <ThreadFacts message={message} mark={mark} />
    </button>
  );
}

/** Between a message and what is said about it. */
export function RepliesBegin({ message: { replies } }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation('messages');
  return <p className={styles['begins']}>{t('replies', { count: replies?.count ?? 0 })}</p>;
}

/** How much, when, and whether there is news. */
export function ThreadFacts({ message, mark }: ThreadLineProps): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const { me } = useChats();
  const day = useDay();
  const { replies } = message;
  if (!replies) return null;
  const isNew = hasNews(message, mark, me);
  return (
    <>
      <span className={styles['faces']}>
        {replies.writers.toReversed().map((userId) => (
          <Face key={userId} userId={userId} />
        ))}
      </span>
      <span className={styles['count']}>{t('replies', { count: replies.count })}</span>
      <span className={styles['last']}>{t('lastReply', { at: shortTime(replies.lastAt, day, i18n.language) })}</span>
      {isNew && (
        <span className={styles['dot']}>
          <span className="visually-hidden">{t('newReplies')}</span>
        </span>
      )}
    </>
  );
}

function Face({ userId }: { readonly userId: UserId }): ReactNode {
  const name = usePersonName(userId);
  return (
    <span className={styles['face']} title={name}>
      <PersonFace userId={userId} name={name} size={20} />
    </span>
  );
}
