import type { Message } from '@dialog/shared/messages';
import { Star } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../chats/times.ts';
import { useChatTitle, useSummary } from '../chats/useChats.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './dialogs.module.css';
import { QuotedLines } from './Quote.tsx';
import { useMessages } from './useMessages.ts';

interface StarredDialogProps {
  readonly onClose: () => void;
  /** The chat is to be shown, at this position. */
  readonly onOpen: (at: Pick<Message, 'chatId' | 'position'>) => void;
}

/** The messages one has starred, in all chats; the last starred first. */
export function StarredDialog({ onClose, onOpen }: StarredDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { starred, hasMore, isBusy, error, load } = useStarred();
  const isEmpty = !isBusy && error === undefined && starred.length === 0;
  return (
    <Dialog isOpen onClose={onClose} title={t('starredTitle')}>
      {isEmpty && <EmptyState icon={<Star />} title={t('noStarsTitle')} text={t('noStarsText')} />}
      <ul className={styles['list']}>
        {starred.map((message) => (
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
      {error !== undefined && (
        <p className={styles['error']} role="alert">
          {error}
        </p>
      )}
      {isBusy && <Spinner />}
      {hasMore && !isBusy && (
        <Button kind="quiet" size="s" onClick={load}>
          {t('showMore')}
        </Button>
      )}
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

function useStarred() {
  const { actions } = useMessages();
  const errorText = useErrorText();
  const [starred, setStarred] = useState<readonly Message[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const [isBusy, setBusy] = useState(true);
  const [error, setError] = useState<string>();

  function load(): void {
    setBusy(true);
    setError(undefined);
    actions
      .listStarred(next)
      .then(
        (page) => {
          setStarred((known) => [...known, ...page.messages]);
          setNext(page.next);
        },
        (failure: unknown) => setError(errorText(failure)),
      )
      .finally(() => setBusy(false));
  }
  // oxlint-disable-next-line react/exhaustive-deps -- the first page, once
  useEffect(load, []);

  return { starred, hasMore: next !== null, isBusy, error, load };
}
