import { callHistoryRoutes, type PastCall } from '@dialog/shared/calls.history';
import type { ChatId } from '@dialog/shared/contract/values';
import { Phone, PhoneIncoming, PhoneMissed, PhoneOff, PhoneOutgoing, Video } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ChatAvatar } from '../../chats/ChatAvatar.tsx';
import { dateAndTime, shortTime } from '../../chats/times.ts';
import { useChatTitle } from '../../chats/useChats.ts';
import { useDay } from '../../chats/useDay.ts';
import { usePagedList } from '../../platform/usePagedList.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ListEnd } from '../../ui/ListEnd.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useCalls } from '../useCalls.ts';
import { openCall } from '../openCall.ts';
import line from '../CallLine.module.css';
import styles from './CallsPane.module.css';
import { clockText, wordOf } from './past.ts';

interface CallsPaneProps {
  readonly onBack: () => void;
  readonly onOpenChat: (chatId: ChatId) => void;
}

type Which = 'all' | 'missed';

/** All calls one made, missed or took part in, the newest first. */
export function CallsPane({ onBack, onOpenChat }: CallsPaneProps): ReactNode {
  const { t } = useTranslation('ring');
  const heading = useRef<HTMLHeadingElement>(null);
  const [which, setWhich] = useState<Which>('all');
  const turn = useTurn();
  useEffect(() => heading.current?.focus(), []);
  return (
    <Pane title={t('historyTitle')} heading={heading} backLabel={t('back')} onBack={onBack}>
      <fieldset className={styles['which']} aria-label={t('historyWhich')}>
        {(['all', 'missed'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className={styles['choice']}
            aria-pressed={which === one}
            onClick={() => setWhich(one)}
          >
            {t(one === 'all' ? 'historyAll' : 'historyMissed')}
          </button>
        ))}
      </fieldset>
      <CallList key={`${which} ${turn}`} which={which} onOpenChat={onOpenChat} />
    </Pane>
  );
}

/** Another number whenever a call begins or ends somewhere: the list is then another. */
function useTurn(): string {
  const { chats } = useCalls();
  return useStore(chats.store, ({ list }) =>
    [...list.chats.values()].flatMap(({ summary }) => summary.chat.call?.id ?? []).join(),
  );
}

function CallList({ which, onOpenChat }: { readonly which: Which } & Pick<CallsPaneProps, 'onOpenChat'>): ReactNode {
  const { t } = useTranslation('ring');
  const { call } = useCalls();
  const list = usePagedList<PastCall>(async (last) => {
    const before = last ? { before: last.callId } : {};
    const missed = which === 'missed' ? ({ missed: 'only' } as const) : {};
    const { calls, next } = await call(callHistoryRoutes.listCalls, { query: { ...before, ...missed } });
    return { items: calls, hasMore: next !== null };
  });
  const { items, load } = list;
  useEffect(() => void load(), [load]);
  if (items?.length === 0)
    return (
      <EmptyState
        icon={<Phone />}
        title={t(which === 'all' ? 'historyEmptyTitle' : 'historyNoMissedTitle')}
        text={t(which === 'all' ? 'historyEmptyText' : 'historyNoMissedText')}
      />
    );
  return (
    <>
      {items === undefined && list.isBusy && <Skeleton height="240px" />}
      <ul className={styles['list']}>
        {items?.map((past) => (
          <PastRow key={past.callId} past={past} onOpenChat={onOpenChat} />
        ))}
      </ul>
      <ListEnd list={list} />
    </>
  );
}

const SIGNS = {
  outcome_going: PhoneOutgoing,
  outcome_in: PhoneIncoming,
  outcome_out: PhoneOutgoing,
  outcome_missed: PhoneMissed,
  outcome_declined_in: PhoneOff,
  outcome_declined_out: PhoneOff,
  outcome_cancelled: PhoneOff,
  outcome_unanswered: PhoneOutgoing,
} as const;

function PastRow({ past, onOpenChat }: { readonly past: PastCall } & Pick<CallsPaneProps, 'onOpenChat'>): ReactNode {
  const { t, i18n } = useTranslation('ring');
  const { chats, own } = useCalls();
  const { chatId, startedAt, durationMs, isVideo } = past;
  const summary = useStore(chats.store, ({ list }) => list.chats.get(chatId)?.summary);
  const isBlocked = useStore(chats.store, ({ list }) =>
    summary?.peer ? list.relations.get(summary.peer.id)?.isBlocked === true : false,
  );
  const titleOf = useChatTitle();
  const word = wordOf(past, past.startedBy === chats.me);
  const Sign = SIGNS[word];
  const day = useDay();
  const name = summary ? titleOf(summary) : t('historyWhoseUnknown');
  return (
    <li className={classes(styles['row'], word === 'outcome_missed' && line['missed'])}>
      <button type="button" className={styles['open']} onClick={() => onOpenChat(chatId)}>
        {summary && <ChatAvatar summary={summary} size={42} />}
        <span className={line['words']}>
          <bdi className={line['name']}>{name}</bdi>
          <span className={line['under']}>
            <Sign aria-hidden="true" />
            <span>
              {[t(word), t(isVideo ? 'video' : 'voice'), ...(durationMs > 0 ? [clockText(durationMs)] : [])].join(
                ' · ',
              )}
            </span>
          </span>
        </span>
        <time className={styles['time']} dateTime={startedAt} title={dateAndTime(startedAt, i18n.language)}>
          {shortTime(startedAt, day, i18n.language)}
        </time>
      </button>
      {summary && !isBlocked && (
        <IconButton label={t('callName', { name })} onClick={() => openCall(own, { chatId, hasCamera: isVideo })}>
          {isVideo ? <Video /> : <Phone />}
        </IconButton>
      )}
    </li>
  );
}
