import type { ChatId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { toast } from '../ui/toast.ts';
import styles from './dialogs.module.css';
import { QuotedLines } from './Quote.tsx';
import { useMessages } from './useMessages.ts';
import { usePins } from './usePins.ts';

/** All pinned messages of a chat. */
export function PinsDialog({ chatId, onClose }: { readonly chatId: ChatId; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('messages');
  const { jumpTo } = useMessages();
  const errorText = useErrorText();
  const pins = usePins(chatId);
  return (
    <Dialog isOpen onClose={onClose} title={t('pinsTitle', { count: pins.length })}>
      <ul className={styles['list']}>
        {pins.map((message) => (
          <li key={message.id}>
            <button
              type="button"
              className={styles['pinned']}
              onClick={() => {
                onClose();
                jumpTo(chatId, message.position, message.thread ?? null).catch((failure: unknown) =>
                  toast(errorText(failure), { kind: 'danger' }),
                );
              }}
            >
              <QuotedLines quoted={message} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
