import type { ChatId } from '@dialog/shared/contract/values';
import { CUSTOM_EMOJI_MAX } from '@dialog/shared/customEmoji';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { AddEmoji } from './AddEmoji.tsx';
import type { CustomEmojis } from './customEmoji.ts';
import styles from './EmojiDialog.module.css';
import { EmojiLine } from './EmojiLine.tsx';
import { useKnownEmoji } from './useCustomEmoji.ts';

interface EmojiDialogProps {
  readonly onClose: () => void;
  readonly chatId: ChatId;
  readonly customEmoji: CustomEmojis;
}

/** The emoji of a group: seen, made, renamed and removed. */
export function EmojiDialog({ onClose, chatId, customEmoji }: EmojiDialogProps): ReactNode {
  const { t } = useTranslation('customEmoji');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} description={t('hint')}>
      <EmojiList chatId={chatId} customEmoji={customEmoji} />
    </Dialog>
  );
}

function EmojiList({ chatId, customEmoji }: Omit<EmojiDialogProps, 'onClose'>): ReactNode {
  const { t } = useTranslation('customEmoji');
  const emoji = useKnownEmoji(customEmoji, chatId)?.emoji ?? [];
  const [isAdding, setAdding] = useState(false);
  if (isAdding || emoji.length === 0)
    return (
      <AddEmoji
        chatId={chatId}
        customEmoji={customEmoji}
        onDone={() => setAdding(false)}
        {...(emoji.length > 0 ? { onCancel: () => setAdding(false) } : {})}
      />
    );
  const isFull = emoji.length >= CUSTOM_EMOJI_MAX;
  return (
    <div className={styles['form']}>
      <ul className={styles['list']}>
        {emoji
          .toSorted((one, other) => (one.name < other.name ? -1 : 1))
          .map((one) => (
            <EmojiLine key={one.id} chatId={chatId} emoji={one} customEmoji={customEmoji} />
          ))}
      </ul>
      <div className={styles['footer']}>
        <span className={styles['count']}>{t('count', { count: emoji.length, max: CUSTOM_EMOJI_MAX })}</span>
        <Button kind="primary" icon={<Plus aria-hidden="true" />} disabled={isFull} onClick={() => setAdding(true)}>
          {t('new')}
        </Button>
      </div>
    </div>
  );
}
