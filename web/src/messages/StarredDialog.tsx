import type { Message } from '@dialog/shared/messages';
import { Star } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../chats/times.ts';
import { useChatTitle, useSummary } from '../chats/useChats.ts';
import { usePagedList } from '../platform/usePagedList.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './dialogs.module.css';
import { QuotedLines } from './Quote.tsx';
import { useMessages } from './useMessages.ts';
import { ListEnd } from '../ui/ListEnd.tsx';

interface StarredDialogProps {
  readonly onClose: () => void;
  /** The chat is to be shown, at this position. */
  readonly onOpen: (at: Pick<Message, 'chatId' | 'position' | 'thread'>) => void;
}

/** With where the page after its own begins. */
interface Starred {
  readonly message: Message;
  readonly next: number | null;
}

/** The messages one has starred, in all chats; the last starred first. */
export function StarredDialog({ onClose, onOpen }: StarredDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { actions } = useMessages();
  const list = usePagedList<Starred>(async (last) => {
    const { messages, next } = await actions.listStarred(last?.next ?? null);
    return { items: messages.map((message) => ({ message, next })), hasMore: next !== null };
  });
  const { items, load } = list;
  useEffect(() => void load(), [load]);
  return (
    <Dialog isOpen onClose={onClose} title={t('starredTitle')}>
      {items?.length === 0 && <EmptyState icon={<Star />} title={t('noStarsTitle')} text={t('noStarsText')} />}
      <ul className={styles['list']}>
        {items?.map(({ message }) => (
          <li key={message.id}>
            <button
              type="button"
              className={styles['pinned']}
              onClick={() => {
                onClose();
                onOpen(message);
              }}
            >
              <QuotedLines quoted={message} />
              <Where message={message} />
            </button>
          </li>
        ))}
      </ul>
      {items === undefined && list.isBusy && <Spinner />}
      <ListEnd list={list} />
    </Dialog>
  );
}

function Where({ message: { chatId, postedAt } }: { readonly message: Message }): ReactNode {
  const { i18n } = useTranslation();
  const titleOf = useChatTitle();
  const summary = useSummary(chatId);
  return (
    <span className={styles['where']}>
      <bdi>{summary && titleOf(summary)}</bdi>
      <time dateTime={postedAt}>{dayAndTime(postedAt, i18n.language)}</time>
    </span>
  );
}
