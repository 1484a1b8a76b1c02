import type { Message } from '@dialog/shared/messages';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmojiPanel } from '../emoji/EmojiPanel.tsx';
import { EmojiTabs } from '../emoji/EmojiTabs.tsx';
import { useRecentEmoji } from '../emoji/useRecentEmoji.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { toast } from '../ui/toast.ts';
import { useMessages } from './useMessages.ts';

interface ReactDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** Any emoji as a reaction. */
export function ReactDialog({ message, onClose }: ReactDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { actions } = useMessages();
  const errorText = useErrorText();
  const recent = useRecentEmoji();

  function pick(emoji: string): void {
    onClose();
    recent.use(emoji);
    actions.react(message, emoji, true).catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  }

  return (
    <Dialog isOpen onClose={onClose} title={t('react')}>
      <EmojiTabs onPick={pick}>
        <EmojiPanel onPick={pick} />
      </EmojiTabs>
    </Dialog>
  );
}
