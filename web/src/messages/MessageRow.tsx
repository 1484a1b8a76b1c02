import type { UserId } from '@dialog/shared/contract/values';
import { memo, type ReactNode, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longDay } from '../chats/times.ts';
import { useDay } from '../chats/useDay.ts';
import { useChats } from '../chats/useChats.ts';
import { useNoteText } from '../chats/useNoteText.ts';
import { useRelation } from '../people/useRelations.ts';
import { Bubble, type BubbleProps } from './Bubble.tsx';
import { CallBackContext } from './CallBackContext.ts';
import styles from './MessageRow.module.css';
import type { Row, SystemRow } from './rows.ts';

interface MessageRowProps extends Omit<BubbleProps, 'row'> {
  readonly row: Row;
}

/** One row of the conversation. It renders again only when its row object is another. */
export const MessageRow = memo(function MessageRow({ row, isGroup, othersCount }: MessageRowProps): ReactNode {
  if (row.kind === 'day') return <DayDivider at={row.at} />;
  if (row.kind === 'new') return <NewDivider />;
  if (row.kind === 'system') return <SystemNoteLine row={row} isGroup={isGroup} />;
  if (isGroup) return <FoldableBubble row={row} isGroup othersCount={othersCount} />;
  return <Bubble row={row} isGroup={isGroup} othersCount={othersCount} />;
});

/** In a group one still meets whom one has blocked: what they say is folded until one wants to read it. */
function FoldableBubble(props: BubbleProps): ReactNode {
  const { t } = useTranslation('messages');
  const isBlocked = useRelation(props.row.senderId)?.isBlocked === true;
  const [isShown, setShown] = useState(false);
  if (!isBlocked || isShown) return <Bubble {...props} />;
  return (
    <p className={styles['system']}>
      <span className={styles['pill']}>
        {t('foldedMessage')}
        <button type="button" className={styles['show']} onClick={() => setShown(true)}>
          {t('show')}
        </button>
      </span>
    </p>
  );
}

function DayDivider({ at }: { readonly at: string }): ReactNode {
  const { t, i18n } = useTranslation('messages');
  return (
    <div className={styles['day']}>
      <button type="button" className={styles['pill']} title={t('goToDate')} data-act="date">
        <time dateTime={at}>{longDay(at, useDay(), i18n.language)}</time>
      </button>
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

function SystemNoteLine({ row, isGroup }: Pick<BubbleProps, 'isGroup'> & { readonly row: SystemRow }): ReactNode {
  return (
    <p className={styles['system']}>
      <span className={styles['pill']} dir="auto">
        {useNoteText({ ...row, isGroup })}
        {row.note.what === 'messagePinned' && <ShowPinned position={row.note.position} />}
        {row.note.what === 'callEnded' && <CallBack senderId={row.senderId} isVideo={row.note.isVideo ?? true} />}
      </span>
    </p>
  );
}

interface CallBackProps {
  /** Who called. */
  readonly senderId: UserId;
  readonly isVideo: boolean;
}

function CallBack({ senderId, isVideo }: CallBackProps): ReactNode {
  const { t } = useTranslation('messages');
  const { me } = useChats();
  const call = use(CallBackContext);
  if (!call) return null;
  return (
    <button type="button" className={styles['show']} onClick={() => call(isVideo)}>
      {t(senderId === me ? 'callAgain' : 'callBack')}
    </button>
  );
}

function ShowPinned({ position }: { readonly position: number }): ReactNode {
  const { t } = useTranslation('messages');
  return (
    <button type="button" className={styles['show']} data-act="jump" data-position={position}>
      {t('show')}
    </button>
  );
}
