import type { UserId } from '@dialog/shared/contract/values';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { useNames } from '../chats/useNames.ts';
import { openPersonCard } from '../users/personCard.ts';
import styles from './RichBlocks.module.css';

/** Someone named in a text, by today's name; leads to their card. */
export function PersonChip({ userId }: { readonly userId: UserId }): ReactNode {
  const { me } = useChats();
  const nameOf = useNames(useMemo(() => [userId], [userId]));
  return <Chip name={nameOf(userId)} isMe={userId === me} onOpen={() => openPersonCard(userId)} />;
}

export function EveryoneChip(): ReactNode {
  const { t } = useTranslation('chats');
  return <Chip name={t('everyone')} isMe />;
}

interface ChipProps {
  readonly name: string;
  readonly isMe: boolean;
  readonly onOpen?: () => void;
}

function Chip({ name, isMe, onOpen }: ChipProps): ReactNode {
  if (!onOpen)
    return (
      <bdi className={styles['mention']} data-me={isMe}>
        @{name}
      </bdi>
    );
  return (
    <bdi
      className={styles['mention']}
      data-me={isMe}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the text of a button is left out when one copies a message
      role="button"
      tabIndex={0}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onOpen();
      }}
    >
      @{name}
    </bdi>
  );
}
