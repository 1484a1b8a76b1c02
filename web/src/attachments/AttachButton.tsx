import type { ChatId } from '@dialog/shared/contract/values';
import { Paperclip } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { useAddFiles } from './useAddFiles.ts';

/** Picks files for the next message. */
export function AttachButton({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('attachments');
  const addFiles = useAddFiles(chatId);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t('attach')} hasTooltip={false} onClick={() => input.current?.click()}>
        <Paperclip />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        onChange={({ target }) => {
          addFiles([...(target.files ?? [])]);
          // The same file again is a change as well.
          target.value = '';
        }}
      />
    </>
  );
}
