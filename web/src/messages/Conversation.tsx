import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { CloudOff, MessageCircleX, TriangleAlert } from 'lucide-react';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { AttachButton } from '../attachments/AttachButton.tsx';
import { DropArea } from '../attachments/DropArea.tsx';
import { Tray } from '../attachments/Tray.tsx';
import { useChatTitle, useSummary } from '../chats/useChats.ts';
import { ApiError, type ApiErrorCode } from '../platform/api.ts';
import { lazy } from '../platform/late.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Above } from './Above.tsx';
import { Announcer } from './Announcer.tsx';
import { ComposerLead } from './ComposerLead.tsx';
import { ComposerPlace } from './ComposerPlace.tsx';
import styles from './Conversation.module.css';
import { ConversationHeader } from './ConversationHeader.tsx';
import { MessageList } from './MessageList.tsx';
import { PinBar } from './PinBar.tsx';
import { Refusal } from './Refusal.tsx';
import { RichText } from './RichText.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TaskBar } from './TaskBar.tsx';
import { DeskContext, useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';

interface ConversationProps {
  readonly chatId: ChatId;
  readonly onBack: () => void;
  readonly onOpenDetails: () => void;
  readonly headerActions?: ReactNode;
  readonly banner?: ReactNode;
}

/** One open chat. */
export function Conversation(props: ConversationProps): ReactNode {
  const { chatId } = props;
  const { sync, typing, drafts, desks } = useMessages();
  const summary = useSummary(chatId);
  const failure = useStore(sync.store, ({ failures }) => failures.get(chatId));
  useEffect(() => {
    void sync.open(chatId);
    typing.watch(chatId);
    return () => {
      typing.watch(null);
      drafts.flush();
    };
  }, [chatId, sync, typing, drafts]);

  if (failure === 'chat-not-found') return <Gone chatId={chatId} onBack={props.onBack} />;
  if (!summary) return failure ? <Failed chatId={chatId} code={failure} /> : <MessagesSkeleton />;
  return (
    <DeskContext value={desks.of(chatId)}>
      <DropArea key={chatId} place={chatId} className={styles['conversation']}>
        <Opened {...props} summary={summary} failure={failure} />
      </DropArea>
    </DeskContext>
  );
}

interface OpenedProps extends ConversationProps {
  readonly summary: ChatSummary;
  readonly failure: ApiErrorCode | undefined;
}

function Opened({ summary, failure, ...props }: OpenedProps): ReactNode {
  const { chatId, banner } = props;
  const { sync } = useMessages();
  const history = useStore(sync.store, ({ histories }) => histories.get(chatId));
  const title = useChatTitle()(summary);
  return (
    <>
      <TopBar {...props} summary={summary} />
      {banner}
      {history && <PinBar chatId={chatId} />}
      {history && <MessageList summary={summary} history={history} />}
      {!history && (failure ? <Failed chatId={chatId} code={failure} /> : <MessagesSkeleton />)}
      {history && (
        <Suspense>
          <ScheduledBar chatId={chatId} />
        </Suspense>
      )}
      <TaskBar />
      <ComposerPlace
        chatId={chatId}
        title={title}
        bar={<Tray place={chatId} />}
        lead={
          <>
            <AttachButton place={chatId} />
            <ComposerLead summary={summary} />
          </>
        }
      />
      {history && <Announcer history={history} />}
      <Above summary={summary} />
    </>
  );
}

function TopBar(props: Omit<OpenedProps, 'failure'>): ReactNode {
  const selected = useStore(useDesk(), (state) => state.selected);
  return selected ? <SelectionBar selected={selected} /> : <ConversationHeader {...props} />;
}

const ScheduledLeft = lazy(async () => ({ default: (await import('./ScheduledLeft.tsx')).ScheduledLeft }));
const ScheduledBar = lazy(async () => ({ default: (await import('./ScheduledBar.tsx')).ScheduledBar }));
function Failed({ chatId, code }: { readonly chatId: ChatId; readonly code: ApiErrorCode }): ReactNode {
  const { t } = useTranslation('messages');
  const { sync } = useMessages();
  const errorText = useErrorText();
  const isOffline = code === 'offline';
  return (
    <EmptyState
      icon={isOffline ? <CloudOff /> : <TriangleAlert />}
      title={t(isOffline ? 'offlineTitle' : 'failedTitle')}
      text={isOffline ? t('notKeptText') : errorText(new ApiError(code))}
      action={<Button onClick={() => void sync.open(chatId)}>{t('retry')}</Button>}
    />
  );
}

function Gone({ chatId, onBack }: { readonly chatId: ChatId; readonly onBack: () => void }): ReactNode {
  const { t } = useTranslation('messages');
  const errorText = useErrorText();
  const { outbox } = useMessages();
  const unsent = useStore(
    outbox.store,
    useShallow(({ items }) => items.filter((item) => item.chatId === chatId && item.refusal !== null)),
  );
  return (
    <div className={styles['gone']}>
      <EmptyState
        icon={<MessageCircleX />}
        title={t('goneTitle')}
        text={errorText(new ApiError('chat-not-found'))}
        action={<Button onClick={onBack}>{t('back')}</Button>}
      />
      {unsent.map(({ id, text, refusal }) => (
        <div key={id} className={styles['unsent']}>
          <p className={styles['unsentText']}>
            <RichText text={text} />
          </p>
          {refusal && <Refusal id={id} code={refusal} />}
        </div>
      ))}
      <Suspense>
        <ScheduledLeft chatId={chatId} />
      </Suspense>
    </div>
  );
}

/** Shown late: most chats are there before one could see it. */
function MessagesSkeleton(): ReactNode {
  return (
    <div className={styles['skeletons']} aria-busy="true">
      {(['46%', '62%', '38%', '54%', '30%'] as const).map((width, index) => (
        <div key={width} className={styles['skeleton']} data-mine={index % 3 === 2}>
          <Skeleton width={width} height="38px" />
        </div>
      ))}
    </div>
  );
}
