import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ChatAvatar } from '../chats/ChatAvatar.tsx';
import { useChatTitle, usePresence, usePersonName, useUnderTitle } from '../chats/useChats.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Conversation.module.css';
import { LifetimeSign } from './LifetimeSign.tsx';
import { useMessages } from './useMessages.ts';

interface ConversationHeaderProps {
  readonly summary: ChatSummary;
  readonly onBack: () => void;
  readonly onOpenDetails: () => void;
  readonly headerActions?: ReactNode;
}

export function ConversationHeader({
  summary,
  onBack,
  onOpenDetails,
  headerActions,
}: ConversationHeaderProps): ReactNode {
  const { t } = useTranslation('messages');
  const { peer } = summary;
  const title = useChatTitle()(summary);
  const state = usePresence(peer?.id)?.state;
  return (
    <header className={styles['header']}>
      <div className={styles['back']}>
        <IconButton label={t('back')} hasTooltip={false} onClick={onBack}>
          <ArrowLeft className={styles['backIcon']} />
        </IconButton>
      </div>
      <button type="button" className={styles['who']} onClick={onOpenDetails}>
        <span className="visually-hidden">{t('openDetails', { title })}</span>
        <ChatAvatar summary={summary} size={38} />
        <span className={styles['names']}>
          <span className={styles['title']} aria-hidden="true">
            <bdi>{title}</bdi>
          </span>
          <span className={styles['under']}>
            <Subtitle summary={summary} isActive={state === 'online'} />
            <LifetimeSign chat={summary.chat} />
          </span>
        </span>
      </button>
      {headerActions}
    </header>
  );
}

function Subtitle({ summary, isActive }: { readonly summary: ChatSummary; readonly isActive: boolean }): ReactNode {
  const typing = useTypingText(summary.chat.id);
  const rest = useUnderTitle(summary);
  return (
    <span className={classes(styles['subtitle'], (typing !== undefined || isActive) && styles['active'])}>
      {typing ?? rest}
    </span>
  );
}

function useTypingText(chatId: ChatId): string | undefined {
  const { t } = useTranslation('messages');
  const writers = useStore(useMessages().typing.store, (byChat) => byChat.get(chatId));
  const first = usePersonName(writers?.[0] ?? null);
  const second = usePersonName(writers?.[1] ?? null);
  if (!writers) return undefined;
  if (writers.length === 1) return t('isTyping', { name: first });
  return writers.length === 2 ? t('severalTyping', { first, second }) : t('manyTyping');
}
