import { filePath } from '@dialog/shared/attachments';
import type { ErrorCode } from '@dialog/shared/contract/errors';
import type { ChatId } from '@dialog/shared/contract/values';
import type { ScheduledMessage } from '@dialog/shared/messages.scheduled';
import { BellOff, Paperclip, Pencil, SendHorizontal, Trash2, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { dayAndTime } from '../chats/times.ts';
import { useChats } from '../chats/useChats.ts';
import { ApiError } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { toast } from '../ui/toast.ts';
import { ScheduleChangeDialog } from './ScheduleDialog.tsx';
import styles from './ScheduleDialog.module.css';
import { useScheduled } from './useScheduled.ts';
import { editableText } from './useWire.ts';

const NOTHING: readonly ScheduledMessage[] = [];

/** What waits for its time in this chat, and what to do with it. */
export function ScheduledDialog({
  chatId,
  onClose,
}: {
  readonly chatId: ChatId;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('messages');
  const scheduled = useScheduled();
  const messages = useStore(scheduled.store, (byChat) => byChat.get(chatId) ?? NOTHING);
  const [changed, setChanged] = useState<ScheduledMessage>();
  if (changed) return <ScheduleChangeDialog message={changed} onClose={() => setChanged(undefined)} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('scheduledTitle')}>
      {messages.length === 0 && <p>{t('nothingScheduled')}</p>}
      <ul className={styles['list']}>
        {messages.map((message) => (
          <ScheduledItem key={message.id} message={message} onChange={() => setChanged(message)} />
        ))}
      </ul>
    </Dialog>
  );
}

interface ItemProps {
  readonly message: ScheduledMessage;
  readonly onChange?: () => void;
}

/** Without `onChange` in a chat that one is no longer in. */
export function ScheduledItem({ message, onChange }: ItemProps): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const scheduled = useScheduled();
  const { people } = useChats().sync;
  const errorText = useErrorText();
  const run = (work: Promise<void>): void =>
    void work.catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
  return (
    <li className={styles['item']}>
      <div className={styles['when']}>
        {message.isSilent && <BellOff aria-label={t('withoutSound')} />}
        <time dateTime={message.sendAt}>{dayAndTime(message.sendAt, i18n.language)}</time>
        {onChange && (
          <>
            <IconButton size="s" label={t('sendNow')} onClick={() => run(scheduled.sendNow(message))}>
              <SendHorizontal />
            </IconButton>
            <IconButton size="s" label={t('changeScheduled')} onClick={onChange}>
              <Pencil />
            </IconButton>
          </>
        )}
        <IconButton size="s" label={t('cancelScheduled')} onClick={() => run(scheduled.cancel(message))}>
          <Trash2 />
        </IconButton>
      </div>
      {message.failure && <Failure code={message.failure} />}
      {message.text !== '' && (
        <p className={styles['text']} dir="auto">
          {editableText(message.text, people)}
        </p>
      )}
      {message.attachments?.map(({ id, kind, name }) => (
        <p key={id} className={styles['file']}>
          {kind === 'picture' ? <img src={filePath(id, 'thumb')} alt="" /> : <Paperclip aria-hidden="true" />}
          <bdi>{name}</bdi>
        </p>
      ))}
    </li>
  );
}

function Failure({ code }: { readonly code: ErrorCode }): ReactNode {
  const { t } = useTranslation('messages');
  const errorText = useErrorText();
  return (
    <p className={styles['failure']}>
      <TriangleAlert aria-hidden="true" />
      {code === 'slow-mode' ? t('scheduledSlow') : t('scheduledFailed', { reason: errorText(new ApiError(code)) })}
    </p>
  );
}
