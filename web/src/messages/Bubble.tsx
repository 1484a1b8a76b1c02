import type { MessageId, UserId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { Ban, BellOff, Check, Ellipsis, Forward, Pin, Reply, Star, Timer } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AttachmentsView } from '../attachments/AttachmentsView.tsx';
import type { UploadState } from '../attachments/useAttachments.ts';
import { DeliverySign } from '../chats/DeliverySign.tsx';
import { dayAndTime, timeOfDay } from '../chats/times.ts';
import { usePersonName } from '../chats/useChats.ts';
import { lazy } from '../platform/late.ts';
import { PreviewCard } from '../previews/PreviewCard.tsx';
import { isEmojiOnly } from '../emoji/emojiOnly.ts';
import { type OwnEmojis, useOwnEmoji, withStandIns } from '../emoji/ownEmoji.ts';
import { PersonFace } from '../chats/PersonFace.tsx';
import { openPersonCard } from '../users/personCard.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { hueOf } from '../ui/initials.ts';
import styles from './Bubble.module.css';
import hues from './hues.module.css';
import flash from './JumpFlash.module.css';
import { Quote } from './Quote.tsx';
import { ReactionChips } from './ReactionChips.tsx';
import { Refusal } from './Refusal.tsx';
import { RichText } from './RichText.tsx';
import type { TextRow } from './rows.ts';
import { RepliesBegin, ThreadLine } from './ThreadLine.tsx';
import { useDesk } from './useDesk.ts';
import { useThread } from './useThread.ts';

export interface BubbleProps {
  readonly row: TextRow;
  readonly isGroup: boolean;
  /** Members besides oneself, where it is told who has read. */
  readonly othersCount: number;
}

/**
 * What somebody wrote. Presses and keys are heard by the list around it (`useMessageActs`), which knows the message by
 * `data-message` and what to do by `data-act`.
 */
export function Bubble(props: BubbleProps): ReactNode {
  const { row, isGroup } = props;
  const { isMine, isFirst, isLast, message } = row;
  const isSigned = isGroup && !isMine;
  const look = classes(
    styles['message'],
    isMine ? styles['mine'] : styles['theirs'],
    isFirst && styles['first'],
    isLast && styles['last'],
    isSigned && styles['signed'],
  );
  return (
    <article className={look} data-message={row.key} tabIndex={-1}>
      <JumpFlash row={row} />
      {message && <PickMark id={message.id} />}
      <Line row={row} isSigned={isSigned}>
        {message && <BubbleActs isStanding={row.text !== null} />}
      </Line>
      {isGroup && message && <UnderRoot row={row} message={message} />}
      <UnderBubble {...props} />
    </article>
  );
}

/** What leads into its thread; in the thread itself, where its replies begin. */
function UnderRoot({ row, message }: { readonly row: TextRow; readonly message: Message }): ReactNode {
  const thread = useThread();
  if (thread === null) return message.replies && <ThreadLine message={message} mark={row.mark} />;
  return message.position === thread && <RepliesBegin message={message} />;
}

/** Shows where one was led to; again for each time. */
function JumpFlash({ row: { position } }: { readonly row: TextRow }): ReactNode {
  const jumps = useStore(useDesk(), ({ jump }) => (jump && jump.position === position ? jump.count : 0));
  return jumps > 0 && <span key={jumps} className={flash['flash']} aria-hidden="true" />;
}

interface LineProps {
  readonly row: TextRow;
  readonly isSigned: boolean;
  /** Beside the bubble. */
  readonly children: ReactNode;
}

function Line({ row, isSigned, children }: LineProps): ReactNode {
  const { senderId, isFirst, isLast } = row;
  const { t } = useTranslation('chats');
  const name = usePersonName(senderId);
  const own = useOwnEmoji();
  return (
    <div className={styles['line']}>
      {isSigned && isLast && (
        <button
          type="button"
          className={styles['avatar']}
          // One for each message would be many stops; the member list has each of them once.
          tabIndex={-1}
          aria-label={t('profileOf', { name })}
          onClick={() => openPersonCard(senderId)}
        >
          <PersonFace userId={senderId} name={name} size={30} />
        </button>
      )}
      <div className={lookOf(row, own)}>
        {isFirst && <Signature name={name} senderId={senderId} isShown={isSigned} />}
        <BubbleContent row={row} />
      </div>
      {children}
    </div>
  );
}

function lookOf({ text, refusal, replyTo, message }: TextRow, own: OwnEmojis): string {
  const isForwarded = message?.content.kind === 'text' && message.content.forwardedFrom !== undefined;
  const isLarge = text !== null && replyTo === null && !isForwarded && isEmojiOnly(withStandIns(text, own));
  return classes(styles['bubble'], refusal !== null && styles['refused'], isLarge && styles['large']);
}

/** While messages are picked. The row around it takes the press. */
function PickMark({ id }: { readonly id: MessageId }): ReactNode {
  const { t } = useTranslation('messages');
  const isSelected = useStore(useDesk(), ({ selected }) => selected?.has(id));
  if (isSelected === undefined) return null;
  return (
    <label className={styles['pick']} data-on={isSelected}>
      <input type="checkbox" className="visually-hidden" aria-label={t('select')} checked={isSelected} readOnly />
      {isSelected && <Check aria-hidden="true" />}
    </label>
  );
}

/** Comes under the mouse pointer and under the focus. */
function BubbleActs({ isStanding }: { readonly isStanding: boolean }): ReactNode {
  const { t } = useTranslation('messages');
  return (
    <span className={styles['acts']}>
      {isStanding && (
        <IconButton size="s" label={t('reply')} hasTooltip={false} data-act="reply" tabIndex={-1}>
          <Reply />
        </IconButton>
      )}
      <IconButton size="s" label={t('more')} hasTooltip={false} data-act="menu" aria-haspopup="menu" tabIndex={-1}>
        <Ellipsis />
      </IconButton>
    </span>
  );
}

interface SignatureProps {
  readonly name: string;
  readonly senderId: UserId;
  /** Screen readers are told in any case. */
  readonly isShown: boolean;
}

function Signature({ name, senderId, isShown }: SignatureProps): ReactNode {
  const look = isShown ? classes(styles['name'], hues[`hue${hueOf(senderId)}`]) : 'visually-hidden';
  return (
    <span className={look}>
      {isShown ? (
        <button type="button" className={styles['signer']} tabIndex={-1} onClick={() => openPersonCard(senderId)}>
          <bdi>{name}</bdi>
        </button>
      ) : (
        <bdi>{name}</bdi>
      )}
    </span>
  );
}

function UnderBubble(props: BubbleProps): ReactNode {
  const { key, refusal, saysState } = props.row;
  if (refusal !== null) return <Refusal id={key} code={refusal} />;
  return saysState && <StateWords {...props} />;
}

function BubbleContent({ row }: { readonly row: TextRow }): ReactNode {
  const { text, message, mark, replyTo, chatId } = row;
  const reactions = text === null ? undefined : message?.reactions;
  return (
    <>
      <Forwarded content={message?.content} />
      {replyTo !== null && <Quote chatId={chatId} position={replyTo} />}
      <Files row={row} />
      {message?.preview && <PreviewCard preview={message.preview} />}
      <div className={styles['body']}>
        <Words row={row} />
        <Meta row={row} />
      </div>
      {reactions && <ReactionChips reactions={reactions} mine={mark?.reactions ?? NONE} />}
    </>
  );
}

function Files({ row }: { readonly row: TextRow }): ReactNode {
  return row.attachments.length > 0 && <AttachmentsView {...row} upload={uploadOf(row.state)} />;
}

function uploadOf(state: TextRow['state']): UploadState {
  return state === 'waiting' || state === 'refused' ? state : 'none';
}

const NONE: readonly string[] = [];

function Forwarded({ content }: { readonly content: Message['content'] | undefined }): ReactNode {
  const { t } = useTranslation('messages');
  const name = content?.kind === 'text' ? content.forwardedFrom : undefined;
  if (name === undefined) return null;
  return (
    <span className={styles['forwarded']}>
      <Forward aria-hidden="true" />
      {t('forwardedFrom', { name })}
    </span>
  );
}

const Poll = lazy(async () => ({ default: (await import('./Poll.tsx')).Poll }));

function Words({ row: { text, message, mark } }: { readonly row: TextRow }): ReactNode {
  const { t } = useTranslation('messages');
  if (message?.content.kind === 'poll')
    return (
      <Suspense fallback={text}>
        <Poll message={message} content={message.content} mark={mark} />
      </Suspense>
    );
  if (text === '') return null;
  if (text !== null)
    return (
      <span className={styles['text']} dir="auto">
        <RichText text={text} />
      </span>
    );
  const isDeleted = message?.content.kind === 'deleted';
  return (
    <span className={classes(styles['text'], styles['unreadable'])} dir="auto">
      {isDeleted && <Ban className={styles['deletedSign']} aria-hidden="true" />}
      {t(isDeleted ? 'deleted' : 'unreadable')}
    </span>
  );
}

function Meta({ row }: { readonly row: TextRow }): ReactNode {
  const { i18n } = useTranslation('messages');
  const { at, state, isLast, message, text } = row;
  const isEdited = text !== null && message?.editedAt !== undefined;
  return (
    <span className={styles['meta']}>
      {text !== null && <MetaSigns row={row} isEdited={isEdited} />}
      <time
        className={classes(!isLast && !isEdited && 'visually-hidden')}
        dateTime={at}
        title={dayAndTime(at, i18n.language)}
      >
        {timeOfDay(at, i18n.language)}
      </time>
      {state && <DeliverySign state={state} />}
    </span>
  );
}

function MetaSigns({
  row: { mark, message },
  isEdited,
}: {
  readonly row: TextRow;
  readonly isEdited: boolean;
}): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const goesAt = message?.expiresAt;
  return (
    <>
      {goesAt !== undefined && <Timer aria-label={t('disappearsAt', { at: dayAndTime(goesAt, i18n.language) })} />}
      {message?.isSilent && <BellOff aria-label={t('sentSilently')} />}
      {mark?.isStarred && <Star className={styles['starred']} aria-label={t('starred')} />}
      {message?.isPinned && <Pin aria-label={t('pinned')} />}
      {isEdited && <span>{t('edited')}</span>}
    </>
  );
}

/** How far the newest of one's own has got, in words. */
function StateWords({ row: { state, readBy }, isGroup, othersCount }: BubbleProps): ReactNode {
  const { t } = useTranslation(['messages', 'chats']);
  if (state === null) return null;
  return <p className={styles['state']}>{words()}</p>;

  function words(): string {
    if (state !== 'read' || !isGroup) return t(`chats:state_${state ?? 'sent'}`);
    return readBy >= othersCount ? t('readByAll') : t('readBy', { count: readBy });
  }
}
