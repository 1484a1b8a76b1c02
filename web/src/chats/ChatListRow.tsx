import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { BellOff, Pin } from 'lucide-react';
import { type ComponentType, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Badge } from '../ui/Badge.tsx';
import { ChatAvatar } from './ChatAvatar.tsx';
import type { ChatExtras, ChatExtrasProps } from './ChatList.tsx';
import styles from './ChatListRow.module.css';
import { lastActivityOf, UNREAD_MAX } from './chats.store.ts';
import { dotOf } from './dotOf.ts';
import { DeliverySign } from './DeliverySign.tsx';
import { dayAndTime, shortTime } from './times.ts';
import { useChats, useChatTitle, usePersonName, usePresence } from './useChats.ts';
import { useDay } from './useDay.ts';
import { useExcerpt } from './useExcerpt.ts';
import { useNoteText } from './useNoteText.ts';
import { usePlainText } from './usePlainText.ts';

interface ChatListRowProps {
  readonly id: string;
  readonly summary: ChatSummary;
  readonly isSelected: boolean;
  readonly isPointed: boolean;
  readonly isMuted: boolean;
  readonly onOpen: (chatId: ChatId) => void;
  readonly Extras: ComponentType<ChatExtrasProps>;
  readonly renderCallBadge: ((chatId: ChatId) => ReactNode) | undefined;
}

/** One chat in the list. The listbox around it takes the keys; a press opens. */
export const ChatListRow = memo(function ChatListRow(props: ChatListRowProps): ReactNode {
  const { id, summary, isSelected, isPointed, onOpen, Extras } = props;
  const { chat } = summary;
  const title = useChatTitle()(summary);
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
      data-chat={chat.id}
      onClick={() => onOpen(chat.id)}
    >
      <ChatAvatar summary={summary} size={48} />
      <Extras chatId={chat.id}>{(extras) => <Lines {...props} title={title} extras={extras} />}</Extras>
    </div>
  );
});

interface LinesProps extends ChatListRowProps {
  readonly title: string;
  readonly extras: ChatExtras;
}

function Lines({ summary, title, extras, isSelected, isMuted, renderCallBadge }: LinesProps): ReactNode {
  const { t } = useTranslation('chats');
  const { chat } = summary;
  return (
    <div className={styles['lines']}>
      <div className={styles['line']}>
        <span className={styles['title']}>
          <bdi>{title}</bdi>
          <PresenceWord peer={summary.peer} />
        </span>
        {isMuted && <Sign icon={<BellOff />} label={t('muted')} />}
        {chat.call && renderCallBadge?.(chat.id)}
        <OwnSign extras={extras} />
        <Time at={extras.pending?.at ?? lastActivityOf(summary)} />
      </div>
      <div className={styles['line']}>
        <Preview summary={summary} extras={extras} isDraftShown={!isSelected} />
        {summary.place.pinOrder !== null && <Sign icon={<Pin />} label={t('pinned')} />}
        <Mentioned summary={summary} readPosition={extras.readPosition} />
        <Unread summary={summary} isMuted={isMuted} readPosition={extras.readPosition} />
      </div>
    </div>
  );
}

/** What the dot at the picture means, for who does not see it; not of who is not there. */
function PresenceWord({ peer }: Pick<ChatSummary, 'peer'>): ReactNode {
  const { t } = useTranslation('chats');
  const dot = dotOf(usePresence(peer?.id));
  return dot !== undefined && dot !== 'invisible' && <span className="visually-hidden">{`, ${t(dot)}`}</span>;
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
function OwnSign({ extras: { lastMessage, pending, state } }: Pick<LinesProps, 'extras'>): ReactNode {
  const { me } = useChats();
  if (pending) return <DeliverySign state={pending.isRefused ? 'refused' : 'waiting'} />;
  const isMine = lastMessage?.senderId === me && ['text', 'poll'].includes(lastMessage.content.kind);
  return isMine && state && <DeliverySign state={state} />;
}

type UnreadProps = Pick<LinesProps, 'summary' | 'isMuted'> & Pick<ChatExtras, 'readPosition'>;

function Unread({ summary: { lastMessage, unreadCount, place }, isMuted, readPosition }: UnreadProps): ReactNode {
  const { t } = useTranslation('chats');
  const isRead = !lastMessage || readPosition >= lastMessage.position;
  const count = isRead ? 0 : unreadCount;
  if (count === 0 && !place.isMarkedUnread) return null;
  const number = count >= UNREAD_MAX ? `${UNREAD_MAX - 1}+` : count;
  return (
    <Badge kind={isMuted ? 'muted' : 'accent'} label={count > 0 ? t('unread', { count }) : t('markedUnread')}>
      {count > 0 && number}
    </Badge>
  );
}

/** Somebody calls by name; muted or not. */
function Mentioned({ summary, readPosition }: Pick<UnreadProps, 'summary' | 'readPosition'>): ReactNode {
  const { t } = useTranslation('chats');
  const { mentions, threadMentions } = summary;
  const count = mentions.filter((position) => position > readPosition).length + threadMentions.length;
  return count > 0 && <Badge label={t('mentioned', { count })}>@</Badge>;
}

/** How the chat is kept; said to screen readers too. */
function Sign({ icon, label }: { readonly icon: ReactNode; readonly label: string }): ReactNode {
  return (
    <span className={styles['sign']}>
      {icon}
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

interface PreviewProps extends Pick<LinesProps, 'summary' | 'extras'> {
  readonly isDraftShown: boolean;
}

function Preview({ summary: { chat }, extras, isDraftShown }: PreviewProps): ReactNode {
  const { t } = useTranslation('chats');
  const { draft, lastMessage, pending } = extras;
  if (draft !== undefined && isDraftShown)
    return (
      <span className={styles['preview']}>
        <span className={styles['draft']}>{t('draft')}</span> <bdi>{draft}</bdi>
      </span>
    );
  if (pending) return <Signed sender={t('you')} text={pending.text} />;
  if (!lastMessage) return <span className={styles['preview']}>{t('noMessages')}</span>;
  return <LastMessage message={lastMessage} isGroup={chat.kind === 'group'} />;
}

function LastMessage({ message, isGroup }: { readonly message: Message; readonly isGroup: boolean }): ReactNode {
  const excerpt = useExcerpt();
  const { t } = useTranslation('chats');
  const { me, sync } = useChats();
  const { content, senderId } = message;
  const sender = usePersonName(senderId);
  const isBlocked = useStore(sync.store, ({ list }) => list.relations.get(senderId)?.isBlocked === true);
  if (isBlocked && isGroup) return <span className={styles['preview']}>{t('foldedMessage')}</span>;
  if (content.kind === 'system') return <NotePreview message={message} isGroup={isGroup} />;
  const text = excerpt(content) ?? '';
  return <Signed sender={senderId === me || isGroup ? sender : undefined} text={text} />;
}

function Signed({ sender, text }: { readonly sender: string | undefined; readonly text: string }): ReactNode {
  return (
    <span className={styles['preview']}>
      {sender !== undefined && (
        <span className={styles['sender']}>
          <bdi>{sender}</bdi>:{' '}
        </span>
      )}
      <bdi>{usePlainText(text)}</bdi>
    </span>
  );
}

function NotePreview({ message, isGroup }: { readonly message: Message; readonly isGroup: boolean }): ReactNode {
  const { content, senderId } = message;
  const note = content.kind === 'system' ? content.note : ({ what: 'memberLeft' } as const);
  return (
    <span className={styles['preview']}>
      <bdi>{useNoteText({ isGroup, senderId, note })}</bdi>
    </span>
  );
}
