import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { ArrowLeft, Bell, BellOff, CloudOff, MessageCircleX, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AttachButton } from '../attachments/AttachButton.tsx';
import { DropArea } from '../attachments/DropArea.tsx';
import { Tray } from '../attachments/Tray.tsx';
import { useChatTitle, useSummary } from '../chats/useChats.ts';
import { ApiError } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { toast } from '../ui/toast.ts';
import { Above } from './Above.tsx';
import { Announcer } from './Announcer.tsx';
import { ComposerPlace } from './ComposerPlace.tsx';
import { MessageList } from './MessageList.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TaskBar } from './TaskBar.tsx';
import { shownThread, threadView } from './messages.threads.store.ts';
import styles from './ThreadPane.module.css';
import { DeskContext, useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';
import { ThreadContext } from './useThread.ts';
import { placeOf } from './writingPlace.ts';

interface ThreadPaneProps {
  readonly chatId: ChatId;
  /** The position of its root. */
  readonly thread: number;
  readonly onClose: () => void;
}

/** One thread, beside its conversation or over it. */
export function ThreadPane({ chatId, thread, onClose }: ThreadPaneProps): ReactNode {
  const { desks } = useMessages();
  const summary = useSummary(chatId);
  const pane = useRef<HTMLDivElement>(null);
  useFocusBack(pane);
  if (!summary) return null;
  return (
    <ThreadContext value={thread}>
      <DeskContext value={desks.of(chatId, thread)}>
        <div ref={pane} className={styles['pane']}>
          <DropArea place={placeOf(chatId, thread)} className={styles['fill']}>
            <TopBar summary={summary} thread={thread} onClose={onClose} />
            <Replies summary={summary} thread={thread} onClose={onClose} />
            <TaskBar />
            <Writing summary={summary} thread={thread} />
            <Above summary={summary} />
          </DropArea>
        </div>
      </DeskContext>
    </ThreadContext>
  );
}

interface PartProps {
  readonly summary: ChatSummary;
  readonly thread: number;
}

function TopBar({ summary, thread, onClose }: PartProps & Pick<ThreadPaneProps, 'onClose'>): ReactNode {
  const { t } = useTranslation('messages');
  const { jumpTo } = useMessages();
  const complain = useComplain();
  const titleOf = useChatTitle();
  const { chat } = summary;
  const selected = useStore(useDesk(), (state) => state.selected);
  if (selected) return <SelectionBar selected={selected} />;
  return (
    <header className={styles['bar']}>
      <span className={styles['back']}>
        <IconButton label={t('backToChat')} hasTooltip={false} onClick={onClose}>
          <ArrowLeft className={styles['backIcon']} />
        </IconButton>
      </span>
      <button
        type="button"
        className={styles['names']}
        title={t('showInChat')}
        onClick={() => void jumpTo(chat.id, thread, null).catch(complain)}
      >
        <span className={styles['title']}>{t('thread')}</span>
        <span className={styles['under']}>
          <bdi>{titleOf(summary)}</bdi>
        </span>
      </button>
      <FollowButton summary={summary} thread={thread} />
      <span className={styles['close']}>
        <IconButton label={t('closeThread')} keys="Esc" onClick={onClose}>
          <X />
        </IconButton>
      </span>
    </header>
  );
}

function FollowButton({ summary: { chat }, thread }: PartProps): ReactNode {
  const { t } = useTranslation('messages');
  const { sync } = useMessages();
  const complain = useComplain();
  const mark = useStore(sync.store, ({ histories }) => histories.get(chat.id)?.marks.get(thread));
  const isFollowing = mark?.thread?.isFollowing ?? false;
  return (
    <IconButton
      label={t(isFollowing ? 'unfollowThread' : 'followThread')}
      aria-pressed={isFollowing}
      onClick={() => void sync.threads.follow(chat.id, thread, !isFollowing).catch(complain)}
    >
      {isFollowing ? <Bell className={styles['following']} /> : <BellOff />}
    </IconButton>
  );
}

function useComplain(): (failure: unknown) => void {
  const errorText = useErrorText();
  return (failure) => toast(errorText(failure), { kind: 'danger' });
}

function Replies({ summary, thread, onClose }: PartProps & Pick<ThreadPaneProps, 'onClose'>): ReactNode {
  const { t } = useTranslation('messages');
  const errorText = useErrorText();
  const { sync } = useMessages();
  const { id: chatId } = summary.chat;
  const history = useStore(sync.store, ({ histories }) => histories.get(chatId));
  const window = history?.threads.get(thread);
  const { failure, retry } = useOpen(chatId, { thread, isWanted: history !== undefined && window === undefined });
  // The rows are built from it: the same while nothing about the thread has changed.
  const { marks, cursors } = history ?? {};
  const shown = useMemo(() => {
    const view = history && threadView(history, thread);
    return view && window ? shownThread(view, window.root) : undefined;
    // oxlint-disable-next-line react/exhaustive-deps -- whatever else changes in the chat is not shown here
  }, [window, marks, cursors]);
  if (shown)
    return (
      <>
        <MessageList key={thread} summary={summary} history={shown} />
        <Announcer history={shown} />
      </>
    );
  if (!failure) return <div className={styles['fill']} aria-busy="true" />;
  const isGone = failure.code === 'message-not-found';
  return (
    <EmptyState
      icon={isGone ? <MessageCircleX /> : <CloudOff />}
      title={t(isGone ? 'noThreadTitle' : 'failedTitle')}
      text={errorText(failure)}
      action={<Button onClick={isGone ? onClose : retry}>{t(isGone ? 'backToChat' : 'retry')}</Button>}
    />
  );
}

/** Opens it as often as it is not there: after a long absence the chat begins anew, without its threads. */
function useOpen(
  chatId: ChatId,
  { thread, isWanted }: { readonly thread: number; readonly isWanted: boolean },
): { readonly failure: ApiError | undefined; retry(): void } {
  const { sync } = useMessages();
  const [failure, setFailure] = useState<ApiError>();

  function open(): void {
    sync.threads.open(chatId, thread).then(
      () => setFailure(undefined),
      (error: unknown) => setFailure(error instanceof ApiError ? error : new ApiError('internal')),
    );
  }

  useEffect(() => {
    if (isWanted) open();
    // oxlint-disable-next-line react/exhaustive-deps -- once for each thread that is missing
  }, [chatId, thread, isWanted]);
  return { failure, retry: open };
}

function Writing({ summary, thread }: PartProps): ReactNode {
  const { t } = useTranslation('messages');
  const { id: chatId } = summary.chat;
  const place = placeOf(chatId, thread);
  return (
    <ComposerPlace
      key={place}
      chatId={chatId}
      title={t('thread')}
      bar={<Tray place={place} />}
      lead={<AttachButton place={place} />}
    />
  );
}

/** When the pane goes, the focus goes back to where it came from; if that is gone as well, to where one writes. */
function useFocusBack(pane: React.RefObject<HTMLElement | null>): void {
  const [from] = useState(() => document.activeElement);
  useEffect(() => {
    const element = pane.current;
    return () => {
      const isInside = element?.contains(document.activeElement) || document.activeElement === document.body;
      if (!isInside) return;
      requestAnimationFrame(() => {
        const isThere = from instanceof HTMLElement && from !== document.body && from.isConnected;
        const target = isThere ? from : document.querySelector<HTMLElement>('main textarea');
        target?.focus({ preventScroll: true });
      });
    };
  }, [from, pane]);
}
