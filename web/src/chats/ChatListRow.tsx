import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { type ComponentType, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import type { ChatExtras, ChatExtrasProps } from './ChatList.tsx';
import styles from './ChatListRow.module.css';
import { lastActivityOf, UNREAD_MAX } from './chats.store.ts';
import { DeliverySign } from './DeliverySign.tsx';
import { dayAndTime, shortTime } from './times.ts';
import { useChats, useChatTitle, useIsOnline, usePersonName } from './useChats.ts';
import { useDay } from './useDay.ts';
import { useNoteText } from './useNoteText.ts';

interface ChatListRowProps {
  readonly id: string;
  readonly summary: ChatSummary;
  readonly isSelected: boolean;
  readonly isPointed: boolean;
  readonly onOpen: (chatId: ChatId) => void;
  readonly Extras: ComponentType<ChatExtrasProps>;
  readonly renderCallBadge: ((chatId: ChatId) => ReactNode) | undefined;
}

/** One chat in the list. The listbox around it takes the keys; a press opens. */
export const ChatListRow = memo(function ChatListRow(props: ChatListRowProps): ReactNode {
  const { id, summary, isSelected, isPointed, onOpen, Extras } = props;
  const { chat, peer } = summary;
  const title = useChatTitle()(summary);
  const isOnline = useIsOnline(peer?.id);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the listbox around it takes the keys
    <div
      id={id}
      className={styles['row']}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- of a listbox that is none of HTML's
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      data-pointed={isPointed}
      onClick={() => onOpen(chat.id)}
    >
      <Avatar name={title} id={peer?.id ?? chat.id} size={48} isOnline={isOnline} isGroup={chat.kind === 'group'} />
      <Extras chatId={chat.id}>{(extras) => <Lines {...props} title={title} extras={extras} />}</Extras>
    </div>
  );
});

interface LinesProps extends ChatListRowProps {
  readonly title: string;
  readonly extras: ChatExtras;
}

function Lines({ summary, title, extras, isSelected, renderCallBadge }: LinesProps): ReactNode {
  const { chat, lastMessage } = summary;
  const isRead = !lastMessage || extras.readPosition >= lastMessage.position;
  return (
    <div className={styles['lines']}>
      <div className={styles['line']}>
        <span className={styles['title']}>
          <bdi>{title}</bdi>
        </span>
        {chat.call && renderCallBadge?.(chat.id)}
        <OwnSign summary={summary} extras={extras} />
        <Time at={extras.pending?.at ?? lastActivityOf(summary)} />
      </div>
      <div className={styles['line']}>
        <Preview summary={summary} draft={isSelected ? undefined : extras.draft} pendingText={extras.pending?.text} />
        <Unread count={isRead ? 0 : summary.unreadCount} />
      </div>
    </div>
  );
}

function Time({ at }: { readonly at: string }): ReactNode {
  const { i18n } = useTranslation('chats');
  return (
    <time className={styles['time']} dateTime={at} title={dayAndTime(at, i18n.language)}>
      {shortTime(at, useDay(), i18n.language)}
    </time>
  );
}

/** How far the last message got, when it is one's own. */
function OwnSign({
  summary: { lastMessage },
  extras: { pending, state },
}: Pick<LinesProps, 'summary' | 'extras'>): ReactNode {
  const { me } = useChats();
  if (pending) return <DeliverySign state={pending.isRefused ? 'refused' : 'waiting'} />;
  const isMine = lastMessage?.senderId === me && lastMessage.content.kind === 'text';
  return isMine && <DeliverySign state={state} />;
}

function Unread({ count }: { readonly count: number }): ReactNode {
  const { t } = useTranslation('chats');
  if (count === 0) return null;
  return <Badge label={t('unread', { count })}>{count >= UNREAD_MAX ? `${UNREAD_MAX - 1}+` : count}</Badge>;
}

interface PreviewProps {
  readonly summary: ChatSummary;
  readonly draft: string | undefined;
  readonly pendingText: string | undefined;
}

function Preview({ summary, draft, pendingText }: PreviewProps): ReactNode {
  const { t } = useTranslation('chats');
  const { chat, lastMessage } = summary;
  if (draft !== undefined)
    return (
      <span className={styles['preview']}>
        <span className={styles['draft']}>{t('draft')}</span> <bdi>{draft}</bdi>
      </span>
    );
  if (pendingText !== undefined) return <Signed sender={t('you')} text={pendingText} />;
  if (!lastMessage) return <span className={styles['preview']}>{t('noMessages')}</span>;
  return <LastMessage message={lastMessage} isGroup={chat.kind === 'group'} />;
}

function LastMessage({ message, isGroup }: { readonly message: Message; readonly isGroup: boolean }): ReactNode {
  const { t } = useTranslation('chats');
  const { me } = useChats();
  const { content, senderId } = message;
  const sender = usePersonName(senderId);
  if (content.kind === 'system') return <NotePreview message={message} />;
  const text = content.kind === 'text' ? content.text : t(content.kind === 'deleted' ? 'deletedMessage' : 'unreadable');
  return <Signed sender={senderId === me || isGroup ? sender : undefined} text={text} />;
}

function Signed({ sender, text }: { readonly sender: string | undefined; readonly text: string }): ReactNode {
  return (
    <span className={styles['preview']}>
      {sender !== undefined && <bdi className={styles['sender']}>{sender}: </bdi>}
      <bdi>{text}</bdi>
    </span>
  );
}

function NotePreview({ message: { content, senderId } }: { readonly message: Message }): ReactNode {
  const note = content.kind === 'system' ? content.note : ({ what: 'memberLeft' } as const);
  return (
    <span className={styles['preview']}>
      <bdi>{useNoteText({ senderId, note })}</bdi>
    </span>
  );
}
