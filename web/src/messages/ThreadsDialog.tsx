import type { ChatId } from '@dialog/shared/contract/values';
import type { Message, MessageMark } from '@dialog/shared/messages';
import { MessagesSquare } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { usePagedList } from '../platform/usePagedList.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ListEnd } from '../ui/ListEnd.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import { Switch } from '../ui/Switch.tsx';
import styles from './dialogs.module.css';
import { QuotedLines } from './Quote.tsx';
import { ThreadFacts } from './ThreadLine.tsx';
import own from './ThreadsDialog.module.css';
import { useMessages } from './useMessages.ts';

interface ThreadsDialogProps {
  readonly chatId: ChatId;
  readonly onClose: () => void;
}

/** The threads of a group, the one answered last first. */
export function ThreadsDialog(props: ThreadsDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const [isFollowing, setFollowing] = useState(false);
  return (
    <Dialog isOpen onClose={props.onClose} title={t('threads')}>
      <Switch label={t('onlyFollowed')} isOn={isFollowing} onChange={setFollowing} />
      <ThreadList key={String(isFollowing)} {...props} isFollowing={isFollowing} />
    </Dialog>
  );
}

interface Listed {
  readonly root: Message;
  readonly mark: MessageMark | undefined;
}

function ThreadList({ chatId, isFollowing, onClose }: ThreadsDialogProps & { readonly isFollowing: boolean }) {
  const { t } = useTranslation('messages');
  const { showThread, sync } = useMessages();
  const list = usePagedList<Listed>(async (last) => {
    const before = last?.root.replies?.lastPosition;
    const { roots, marks, next } = await sync.threads.list(chatId, { before, isFollowing });
    const markAt = new Map(marks.map((mark) => [mark.position, mark]));
    return { items: roots.map((root) => ({ root, mark: markAt.get(root.position) })), hasMore: next !== null };
  });
  const { items, load } = list;
  useEffect(() => void load(), [load]);
  return (
    <>
      {items?.length === 0 && (
        <EmptyState icon={<MessagesSquare />} title={t('noThreadsTitle')} text={t('noThreadsText')} />
      )}
      <ul className={styles['list']}>
        {items?.map(({ root, mark }) => (
          <li key={root.id}>
            <button
              type="button"
              className={styles['pinned']}
              onClick={() => {
                onClose();
                showThread(chatId, root.position);
              }}
            >
              <span className={own['thread']}>
                <QuotedLines quoted={root} />
                <span className={own['facts']}>
                  <Facts root={root} mark={mark} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {items === undefined && list.isBusy && <Spinner />}
      <ListEnd list={list} />
    </>
  );
}

/** What was learned since the list came is known better. */
function Facts({ root, mark }: Listed): ReactNode {
  const { sync } = useMessages();
  const known = useStore(sync.store, ({ histories }) => histories.get(root.chatId)?.marks.get(root.position));
  const newer = known && known.revision > (mark?.revision ?? 0) ? known : mark;
  return <ThreadFacts message={root} mark={newer ?? null} />;
}
