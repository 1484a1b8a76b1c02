import { Paperclip } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { useAddFiles } from './useAddFiles.ts';
import type { TrayPlace } from './attachments.trays.ts';

/** Picks files for the next message. */
export function AttachButton({ place }: { readonly place: TrayPlace }): ReactNode {
  const { t } = useTranslation('attachments');
  const addFiles = useAddFiles(place);
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
