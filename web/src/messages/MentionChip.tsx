import type { UserId } from '@dialog/shared/contract/values';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { useNames } from '../chats/useNames.ts';
import styles from './RichBlocks.module.css';

/** Someone named in a text, by today's name. */
export function PersonChip({ userId }: { readonly userId: UserId }): ReactNode {
  const { me } = useChats();
  const nameOf = useNames(useMemo(() => [userId], [userId]));
  return <Chip name={nameOf(userId)} isMe={userId === me} />;
}

export function EveryoneChip(): ReactNode {
  const { t } = useTranslation('chats');
  return <Chip name={t('everyone')} isMe />;
}

function Chip({ name, isMe }: { readonly name: string; readonly isMe: boolean }): ReactNode {
  return (
    <bdi className={styles['mention']} data-me={isMe}>
      @{name}
    </bdi>
  );
}
