import { CURSORS_TOLD_UP_TO, type ChatSummary } from '@dialog/shared/chats';
import { AtSign, ChevronDown, MessageCircle } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useStore } from 'zustand';
import { useChatTitle } from '../chats/useChats.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Spinner } from '../ui/Spinner.tsx';
import { toast } from '../ui/toast.ts';
import styles from './MessageList.module.css';
import { MessageRow } from './MessageRow.tsx';
import { jumpDone } from './messages.desk.ts';
import type { ChatHistory } from './messages.store.ts';
import { useDesk } from './useDesk.ts';
import { useMessageActs } from './useMessageActs.ts';
import { useMessages } from './useMessages.ts';
import { usePages } from './usePages.ts';
import { useReading } from './useReading.ts';
import { useRows } from './useRows.ts';
import { useScroll } from './useScroll.ts';

interface MessageListProps {
  readonly summary: ChatSummary;
  readonly history: ChatHistory;
}

/** The conversation: the newest at the bottom, older pages on the way up, what is read told to the server. */
export function MessageList({ summary, history }: MessageListProps): ReactNode {
  const { t } = useTranslation('messages');
  const title = useChatTitle()(summary);
  const { chat } = summary;
  const rows = useRows(history);
  const viewport = useRef<HTMLElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const desk = useDesk();
  const jump = useStore(desk, (state) => state.jump);
  const isAway = history.detour !== null;
  const scroll = useScroll({ viewport, virtual, rows, jump, onJumped: () => jumpDone(desk), isAway });
  const pages = usePages(history, viewport);
  const acts = useMessageActs({ chatId: chat.id, rows });
  const below = useReading({ history, rows, scroll });
  const isGroup = chat.kind === 'group';
  const othersCount = chat.memberCount <= CURSORS_TOLD_UP_TO ? chat.memberCount - 1 : Number.POSITIVE_INFINITY;

  return (
    <div className={styles['place']}>
      <section
        ref={viewport}
        className={styles['viewport']}
        aria-label={t('messagesIn', { title })}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys
        tabIndex={0}
        {...acts}
      >
        <div className={styles['lift']} />
        {rows.length === 0 && <NothingYet isAlone={chat.kind === 'notes'} />}
        <Virtualizer
          ref={virtual}
          scrollRef={viewport}
          data={rows}
          shift={scroll.isShifted}
          bufferSize={600}
          onScroll={() => {
            scroll.onScroll();
            pages.onScroll();
            below.onScroll();
          }}
          onResize={scroll.onResize}
        >
          {(row) => <MessageRow key={row.key} row={row} isGroup={isGroup} othersCount={othersCount} />}
        </Virtualizer>
      </section>
      {pages.state === 'loading' && (
        <output className={styles['older']} aria-label={t('loadingOlder')}>
          <Spinner />
        </output>
      )}
      {pages.state === 'failed' && (
        <div className={styles['older']} role="alert">
          <span>{t('olderFailed')}</span>
          <Button kind="quiet" size="s" onClick={pages.retry}>
            {t('retry')}
          </Button>
        </div>
      )}
      {history.thread === null && <NextMention summary={summary} readPosition={below.readPosition} />}
      {(isAway || !scroll.isAtBottom) && rows.length > 0 && (
        <ToNewest history={history} count={below.count} toBottom={scroll.toBottom} />
      )}
    </div>
  );
}

interface ToNewestProps {
  readonly history: ChatHistory;
  /** What was not seen yet. */
  readonly count: number;
  readonly toBottom: () => void;
}

function ToNewest({ history: { chatId, thread }, count, toBottom }: ToNewestProps): ReactNode {
  const { t } = useTranslation('messages');
  const { sync } = useMessages();
  return (
    <button
      type="button"
      className={styles['newest']}
      aria-label={count > 0 ? t('newestUnread', { count }) : t('newest')}
      onClick={() => {
        if (thread === null) sync.leaveDetour(chatId);
        else sync.threads.leaveDetour(chatId, thread);
        toBottom();
      }}
    >
      <ChevronDown aria-hidden="true" />
      {count > 0 && <span className={styles['newestCount']}>{count}</span>}
    </button>
  );
}

interface NextMentionProps {
  readonly summary: ChatSummary;
  readonly readPosition: number;
}

/** Leads to where one is called by name and has not read yet; in threads after the conversation itself. */
function NextMention({ summary: { chat, mentions, threadMentions }, readPosition }: NextMentionProps): ReactNode {
  const { t } = useTranslation('messages');
  const { jumpTo } = useMessages();
  const errorText = useErrorText();
  const here = mentions.filter((position) => position > readPosition).map((position) => ({ position, thread: null }));
  const waiting = [...here, ...threadMentions];
  const [next] = waiting;
  if (next === undefined) return null;
  return (
    <button
      type="button"
      className={classes(styles['newest'], styles['mention'])}
      aria-label={t('nextMention', { count: waiting.length })}
      onClick={() =>
        void jumpTo(chat.id, next.position, next.thread).catch((failure: unknown) =>
          toast(errorText(failure), { kind: 'danger' }),
        )
      }
    >
      <AtSign aria-hidden="true" />
      <span className={styles['newestCount']}>{waiting.length}</span>
    </button>
  );
}

function NothingYet({ isAlone }: { readonly isAlone: boolean }): ReactNode {
  const { t } = useTranslation('messages');
  return <EmptyState icon={<MessageCircle />} title={t('emptyTitle')} text={t(isAlone ? 'emptyNotes' : 'emptyText')} />;
}
