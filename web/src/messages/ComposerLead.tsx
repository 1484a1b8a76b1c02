import type { ChatSummary } from '@dialog/shared/chats';
import type { ReactNode } from 'react';
import styles from './ComposerLead.module.css';
import { LifetimeSign } from './LifetimeSign.tsx';

/** Before the field: what is to be known of what one writes. */
export function ComposerLead({ summary: { chat } }: { readonly summary: ChatSummary }): ReactNode {
  return (
    <span className={styles['lead']}>
      <LifetimeSign chat={chat} />
    </span>
  );
}
