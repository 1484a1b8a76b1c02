import type { ChatSummary } from '@dialog/shared/chats';
import { ChartBarBig } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './ComposerLead.module.css';
import { LifetimeSign } from './LifetimeSign.tsx';
import { useDesk } from './useDesk.ts';

/** Before the field: asking the chat, and what is to be known of what one writes. */
export function ComposerLead({ summary: { chat } }: { readonly summary: ChatSummary }): ReactNode {
  const { t } = useTranslation('messages');
  const desk = useDesk();
  return (
    <>
      <IconButton label={t('poll')} hasTooltip={false} onClick={() => desk.setState({ dialog: { kind: 'poll' } })}>
        <ChartBarBig />
      </IconButton>
      {chat.messageLifetimeSeconds !== undefined && (
        <span className={styles['sign']}>
          <LifetimeSign chat={chat} />
        </span>
      )}
    </>
  );
}
