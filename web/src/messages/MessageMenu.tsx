import type { ChatSummary } from '@dialog/shared/chats';
import type { Message, MessageMark, PollContent, TextContent } from '@dialog/shared/messages';
import {
  CheckCheck,
  CircleCheck,
  Copy,
  Forward,
  Link2Off,
  Lock,
  MessagesSquare,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Star,
  StarOff,
  Trash2,
} from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useChats } from '../chats/useChats.ts';
import { PersonMenuItems } from '../people/PersonMenuItems.tsx';
import { useErrorText } from '../platform/useErrorText.ts';
import { useMayClose } from '../ui/ContextMenu.tsx';
import { MenuItem, MenuSeparator, MenuTiles } from '../ui/Menu.tsx';
import { MenuPopup } from '../ui/MenuPopup.tsx';
import { toast } from '../ui/toast.ts';
import { copyText } from '../ui/copyText.ts';
import { type MenuPlace, toggleSelected } from './messages.desk.ts';
import { editableText } from './useWire.ts';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';
import { useThread } from './useThread.ts';
import { usePolls } from './usePolls.ts';

interface MessageMenuProps {
  readonly summary: ChatSummary;
  readonly message: Message;
  readonly place: MenuPlace;
}

/** Nearest at hand. */
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What there is to do with one message. One menu for all of them; its code comes when it first opens. */
export function MessageMenu({ summary, message, place }: MessageMenuProps): ReactNode {
  const desk = useDesk();
  const anchor = useRef(place instanceof HTMLElement ? place : null);
  const mayClose = useMayClose(!(place instanceof HTMLElement) && place.isHeld);
  const [opener] = useState(() => ({ current: place instanceof HTMLElement ? place : focused() }));
  return (
    <MenuPopup
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen && mayClose()) desk.setState({ menu: null });
      }}
      anchor={place instanceof HTMLElement ? anchor : place}
      side="bottom"
      align="start"
      finalFocus={opener}
    >
      <Items summary={summary} message={message} />
    </MenuPopup>
  );
}

function focused(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}

function Items({ summary, message }: Omit<MessageMenuProps, 'place'>): ReactNode {
  const { t } = useTranslation('messages');
  const { me } = useMessages();
  const desk = useDesk();
  const sender = useStore(useChats().sync.people.store, (known) => known.get(message.senderId));
  return (
    <>
      {(message.content.kind === 'text' || message.content.kind === 'poll') && (
        <StandingItems summary={summary} message={message} content={message.content} />
      )}
      <MenuItem icon={<CircleCheck />} onSelect={() => toggleSelected(desk, message)}>
        {t('select')}
      </MenuItem>
      <MenuSeparator />
      {message.senderId !== me && sender && <PersonMenuItems user={sender} />}
      <MenuItem
        icon={<Trash2 />}
        isDanger
        onSelect={() => desk.setState({ dialog: { kind: 'delete', messages: [message] } })}
      >
        {t('deleteEllipsis')}
      </MenuItem>
    </>
  );
}

/** In groups, of what is in no thread itself. */
function ThreadItem({ summary, message }: Omit<MessageMenuProps, 'place'>): ReactNode {
  const { t } = useTranslation('messages');
  const { showThread } = useMessages();
  const isInThread = useThread() !== null;
  if (summary.chat.kind !== 'group' || isInThread || message.thread !== undefined) return null;
  return (
    <MenuItem icon={<MessagesSquare />} onSelect={() => showThread(message.chatId, message.position)}>
      {t('replyInThread')}
    </MenuItem>
  );
}

interface StandingProps extends Omit<MessageMenuProps, 'place'> {
  readonly content: TextContent | PollContent;
}

function StandingItems({ summary, message, content }: StandingProps): ReactNode {
  const { t } = useTranslation('messages');
  const { me, actions } = useMessages();
  const desk = useDesk();
  const run = useRun();
  return (
    <>
      <ReactionTiles message={message} />
      <MenuItem icon={<SmilePlus />} onSelect={() => desk.setState({ dialog: { kind: 'react', message } })}>
        {t('otherReaction')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Reply />} onSelect={() => desk.setState({ task: { kind: 'reply', to: message } })}>
        {t('reply')}
      </MenuItem>
      <ThreadItem summary={summary} message={message} />
      {content.kind === 'poll' && <PollItems summary={summary} message={message} />}
      {content.kind === 'text' && <WordItems message={message} content={content} />}
      <KeepingItems summary={summary} message={message} />
      {message.senderId === me && message.preview && (
        <MenuItem icon={<Link2Off />} onSelect={() => run(actions.removePreview(message))}>
          {t('removePreview')}
        </MenuItem>
      )}
      <MenuItem icon={<CheckCheck />} onSelect={() => desk.setState({ dialog: { kind: 'details', message } })}>
        {t('messageDetails')}
      </MenuItem>
    </>
  );
}

function WordItems({ message, content }: { readonly message: Message; readonly content: TextContent }): ReactNode {
  const { t } = useTranslation('messages');
  const { me } = useMessages();
  const desk = useDesk();
  const words = editableText(content.text, useChats().sync.people);
  const isEditable = message.senderId === me && content.forwardedFrom === undefined;
  return (
    <>
      {isEditable && (
        <MenuItem icon={<Pencil />} onSelect={() => desk.setState({ task: { kind: 'edit', message, text: words } })}>
          {t('edit')}
        </MenuItem>
      )}
      {content.text !== '' && (
        <MenuItem icon={<Copy />} onSelect={() => copyText(words, t('copied'), t('copyFailed'))}>
          {t('copy')}
        </MenuItem>
      )}
      <MenuItem icon={<Forward />} onSelect={() => desk.setState({ dialog: { kind: 'forward', messages: [message] } })}>
        {t('forward')}
      </MenuItem>
    </>
  );
}

function PollItems({ summary, message }: Omit<MessageMenuProps, 'place'>): ReactNode {
  const { t } = useTranslation('messages');
  const { me } = useMessages();
  const polls = usePolls();
  const run = useRun();
  const isManager = summary.chat.kind === 'group' && summary.role !== 'member';
  if (message.poll?.closedAt !== undefined || (message.senderId !== me && !isManager)) return null;
  return (
    <MenuItem icon={<Lock />} onSelect={() => run(polls.close(message))}>
      {t('pollClose')}
    </MenuItem>
  );
}

function useRun(): (work: Promise<unknown>) => void {
  const errorText = useErrorText();
  return (work) => void work.catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
}

function useMark({ chatId, position }: Message): MessageMark | undefined {
  const { sync } = useMessages();
  return useStore(sync.store, ({ histories }) => histories.get(chatId)?.marks.get(position));
}

function ReactionTiles({ message }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation('messages');
  const { actions } = useMessages();
  const mine = useMark(message)?.reactions ?? [];
  const run = useRun();
  return (
    <MenuTiles
      label={t('react')}
      options={QUICK.map((emoji) => ({ value: emoji, text: t('reactWith', { emoji }), isOn: mine.includes(emoji) }))}
      onPick={(emoji, isOn) => run(actions.react(message, emoji, isOn))}
    />
  );
}

/** Pins are everybody's, stars one's own. */
function KeepingItems({ summary, message }: Omit<MessageMenuProps, 'place'>): ReactNode {
  const { t } = useTranslation('messages');
  const { actions } = useMessages();
  const isStarred = useMark(message)?.isStarred ?? false;
  const isPinned = message.isPinned ?? false;
  const run = useRun();
  const mayPin = summary.chat.kind !== 'group' || summary.role !== 'member';
  return (
    <>
      {mayPin && (
        <MenuItem icon={isPinned ? <PinOff /> : <Pin />} onSelect={() => run(actions.pin(message, !isPinned))}>
          {t(isPinned ? 'unpin' : 'pin')}
        </MenuItem>
      )}
      <MenuItem icon={isStarred ? <StarOff /> : <Star />} onSelect={() => run(actions.star(message, !isStarred))}>
        {t(isStarred ? 'unstar' : 'star')}
      </MenuItem>
    </>
  );
}
