import type { UserId } from '@dialog/shared/contract/values';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DeliverySign } from '../chats/DeliverySign.tsx';
import { dayAndTime, longDay, timeOfDay } from '../chats/times.ts';
import { usePersonName } from '../chats/useChats.ts';
import { useDay } from '../chats/useDay.ts';
import { useNoteText } from '../chats/useNoteText.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { classes } from '../ui/classes.ts';
import { hueOf } from '../ui/initials.ts';
import styles from './MessageRow.module.css';
import { Refusal } from './Refusal.tsx';
import { RichText } from './RichText.tsx';
import type { Row, SystemRow, TextRow } from './rows.ts';

interface MessageRowProps {
  readonly row: Row;
  readonly isGroup: boolean;
  /** Members besides oneself, where it is told who has read. */
  readonly othersCount: number;
}

/** One row of the conversation. It renders again only when its row object is another. */
export const MessageRow = memo(function MessageRow({ row, isGroup, othersCount }: MessageRowProps): ReactNode {
  if (row.kind === 'day') return <DayDivider at={row.at} />;
  if (row.kind === 'new') return <NewDivider />;
  if (row.kind === 'system') return <SystemNoteLine row={row} />;
  return <Bubble row={row} isGroup={isGroup} othersCount={othersCount} />;
});

function DayDivider({ at }: { readonly at: string }): ReactNode {
  const { i18n } = useTranslation();
  return (
    <div className={styles['day']}>
      <time className={styles['pill']} dateTime={at}>
        {longDay(at, useDay(), i18n.language)}
      </time>
    </div>
  );
}

function NewDivider(): ReactNode {
  const { t } = useTranslation('messages');
  return (
    <div className={styles['new']}>
      <span>{t('new')}</span>
    </div>
  );
}

function SystemNoteLine({ row }: { readonly row: SystemRow }): ReactNode {
  return (
    <p className={styles['system']}>
      <span className={styles['pill']} dir="auto">
        {useNoteText(row)}
      </span>
    </p>
  );
}

interface BubbleProps extends Omit<MessageRowProps, 'row'> {
  readonly row: TextRow;
}

function Bubble(props: BubbleProps): ReactNode {
  const { row, isGroup } = props;
  const { senderId, isMine, isFirst, isLast, refusal } = row;
  const isSigned = isGroup && !isMine;
  const name = usePersonName(senderId);
  const look = classes(
    styles['message'],
    isMine ? styles['mine'] : styles['theirs'],
    isFirst && styles['first'],
    isLast && styles['last'],
    isSigned && styles['signed'],
  );
  return (
    <article className={look} data-message={row.key}>
      {isSigned && isLast && (
        <span className={styles['avatar']}>
          <Avatar name={name} id={senderId} size={30} />
        </span>
      )}
      <div className={classes(styles['bubble'], refusal !== null && styles['refused'])}>
        {isFirst && <Signature name={name} senderId={senderId} isShown={isSigned} />}
        <BubbleText row={row} />
      </div>
      <UnderBubble {...props} />
    </article>
  );
}

interface SignatureProps {
  readonly name: string;
  readonly senderId: UserId;
  /** Screen readers are told in any case. */
  readonly isShown: boolean;
}

function Signature({ name, senderId, isShown }: SignatureProps): ReactNode {
  const look = isShown ? classes(styles['name'], styles[`hue${hueOf(senderId)}`]) : 'visually-hidden';
  return (
    <span className={look}>
      <bdi>{name}</bdi>
    </span>
  );
}

function UnderBubble(props: BubbleProps): ReactNode {
  const { key, refusal, saysState } = props.row;
  if (refusal !== null) return <Refusal id={key} code={refusal} />;
  return saysState && <StateWords {...props} />;
}

function BubbleText({ row: { text, at, state, isLast } }: { readonly row: TextRow }): ReactNode {
  const { t, i18n } = useTranslation('messages');
  return (
    <div className={styles['body']}>
      <span className={classes(styles['text'], text === null && styles['unreadable'])} dir="auto">
        {text === null ? t('unreadable') : <RichText text={text} />}
      </span>
      <span className={styles['meta']}>
        <time className={classes(!isLast && 'visually-hidden')} dateTime={at} title={dayAndTime(at, i18n.language)}>
          {timeOfDay(at, i18n.language)}
        </time>
        {state && <DeliverySign state={state} />}
      </span>
    </div>
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
