import type { ChatSummary } from '@dialog/shared/chats';
import { MUTED_FOR_GOOD } from '@dialog/shared/chats.values';
import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { ChatAvatar } from '../chats/ChatAvatar.tsx';
import { isMuted } from '../chats/chats.arranging.store.ts';
import { inOrder } from '../chats/chats.store.ts';
import { dateAndTime } from '../chats/times.ts';
import { useUnmuting } from '../chats/useArranged.ts';
import { useChats, useChatTitle } from '../chats/useChats.ts';
import { ListButton } from '../ui/ListButton.tsx';
import { Section } from '../ui/Section.tsx';
import styles from './NotificationSettings.module.css';

const AVATAR_PX = 32;

/** Muted chats, and those with a level of their own; what they have is changed where they are. */
export function ExceptionsSection({ onOpen }: { readonly onOpen: (chatId: ChatId) => void }): ReactNode {
  const { t } = useTranslation('push');
  const titleOf = useChatTitle();
  const ruleOf = useRule();
  useUnmuting();
  const chats = useStore(
    useChats().sync.store,
    useShallow(({ list }) => inOrder(list).flatMap(({ summary }) => (isException(summary) ? [summary] : []))),
  );
  return (
    <Section title={t('exceptions')} anchor="exceptions">
      {chats.length === 0 ? (
        <p className={styles['hint']}>{t('exceptionsNone')}</p>
      ) : (
        <ul className={styles['chats']}>
          {chats.map((summary) => (
            <li key={summary.chat.id}>
              <ListButton
                icon={<ChatAvatar summary={summary} size={AVATAR_PX} />}
                trail={<span className={styles['rule']}>{ruleOf(summary)}</span>}
                onClick={() => onOpen(summary.chat.id)}
              >
                <bdi>{titleOf(summary)}</bdi>
              </ListButton>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function isException({ place }: ChatSummary): boolean {
  return isMuted(place, Date.now()) || place.level !== null;
}

function useRule(): (summary: ChatSummary) => string {
  const { t, i18n } = useTranslation('push');
  const [now] = useState(Date.now);
  return ({ place }) => {
    if (!isMuted(place, now) || place.mutedUntil === null) return t(`level_${place.level ?? 'all'}`);
    if (place.mutedUntil >= MUTED_FOR_GOOD) return t('muted');
    return t('mutedUntil', { when: dateAndTime(place.mutedUntil, i18n.language) });
  };
}
