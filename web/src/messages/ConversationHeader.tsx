import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useChatTitle, useIsOnline, usePersonName } from '../chats/useChats.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Conversation.module.css';
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
  const { chat, peer } = summary;
  const title = useChatTitle()(summary);
  const isOnline = useIsOnline(peer?.id);
  return (
    <header className={styles['header']}>
      <div className={styles['back']}>
        <IconButton label={t('back')} hasTooltip={false} onClick={onBack}>
          <ArrowLeft className={styles['backIcon']} />
        </IconButton>
      </div>
      <button type="button" className={styles['who']} onClick={onOpenDetails}>
        <span className="visually-hidden">{t('openDetails', { title })}</span>
        <Avatar name={title} id={peer?.id ?? chat.id} size={38} isOnline={isOnline} isGroup={chat.kind === 'group'} />
        <span className={styles['names']}>
          <span className={styles['title']} aria-hidden="true">
            <bdi>{title}</bdi>
          </span>
          <Subtitle summary={summary} isOnline={isOnline} />
        </span>
      </button>
      {headerActions}
    </header>
  );
}

function Subtitle({
  summary: { chat },
  isOnline,
}: {
  readonly summary: ChatSummary;
  readonly isOnline: boolean;
}): ReactNode {
  const { t } = useTranslation('chats');
  const typing = useTypingText(chat.id);
  const presence = t(isOnline ? 'online' : 'offline');
  const rest = chat.kind === 'group' ? t('members', { count: chat.memberCount }) : presence;
  return (
    <span className={classes(styles['subtitle'], (typing !== undefined || isOnline) && styles['active'])}>
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
