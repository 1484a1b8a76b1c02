import type { ChatId } from '@dialog/shared/contract/values';
import { MESSAGE_TEXT_MAX } from '@dialog/shared/messages';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '../attachments/FileIcon.tsx';
import { useAttachments } from '../attachments/useAttachments.ts';
import { fileSize } from '../attachments/fileSize.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { toast } from '../ui/toast.ts';
import { ChatChoice, toggled } from './ChatChoice.tsx';
import styles from './ShareDialog.module.css';
import { shareInto } from './shareInto.ts';
import { useMessages } from './useMessages.ts';

interface ShareDialogProps {
  readonly text: string;
  readonly files: readonly File[];
  /** It waits in the outbox now, in each of these. */
  readonly onShared: (chatIds: readonly ChatId[]) => void;
  readonly onClose: () => void;
}

/** What another app gave us, with words to go with it, to one or many chats. */
export function ShareDialog({ files, onShared, onClose, ...given }: ShareDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const messages = useMessages();
  const attachments = useAttachments();
  const field = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<ReadonlySet<ChatId>>(new Set());
  const [text, setText] = useState(given.text);
  const [isBusy, setBusy] = useState(false);
  const isTooLong = text.trim().length > MESSAGE_TEXT_MAX;
  const isReady = picked.size > 0 && !isTooLong && (files.length > 0 || text.trim() !== '');

  async function share(): Promise<void> {
    setBusy(true);
    await shareInto({ messages, attachments }, [...picked], { text: text.trim(), files });
    toast(t('shared'), { kind: 'success' });
    onShared([...picked]);
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('shareTitle')}
      initialFocus={field}
      footer={
        <Button kind="primary" disabled={!isReady} isBusy={isBusy} onClick={() => void share()}>
          {picked.size > 1 ? t('shareSendToChats', { count: picked.size }) : t('shareSend')}
        </Button>
      }
    >
      <div className={styles['given']}>
        {files.length > 0 && <Files files={files} />}
        <TextArea
          label={t('shareCaption')}
          value={text}
          rows={2}
          dir="auto"
          error={isTooLong ? t('shareTooLong') : undefined}
          onChange={setText}
        />
      </div>
      <ChatChoice picked={picked} onToggle={(id) => setPicked(toggled(picked, id))} field={field} />
    </Dialog>
  );
}

const LISTED_MAX = 4;

function Files({ files }: { readonly files: readonly File[] }): ReactNode {
  const { t, i18n } = useTranslation('messages');
  const more = files.length - LISTED_MAX;
  return (
    <ul className={styles['files']} aria-label={t('shareFiles', { count: files.length })}>
      {files.slice(0, LISTED_MAX).map((file) => (
        <li key={`${file.name} ${file.size} ${file.lastModified}`} className={styles['file']}>
          <FileIcon attachment={{ mime: file.type }} />
          <span className={styles['name']}>
            <bdi>{file.name}</bdi>
          </span>
          <span className={styles['size']}>{fileSize(file.size, i18n.language)}</span>
        </li>
      ))}
      {more > 0 && <li className={styles['more']}>+ {t('shareFiles', { count: more })}</li>}
    </ul>
  );
}
