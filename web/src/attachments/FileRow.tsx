import { type Attachment, filePath } from '@dialog/shared/attachments';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from './FileIcon.tsx';
import type { UploadState } from './useAttachments.ts';
import styles from './FileRow.module.css';
import { fileSize } from './fileSize.ts';
import { UploadRing } from './UploadRing.tsx';

interface FileRowProps {
  readonly attachment: Attachment;
  readonly upload: UploadState;
}

/** A file of any other sort: what it is, how large, and how to get it. */
export function FileRow({ attachment, upload }: FileRowProps): ReactNode {
  const { t, i18n } = useTranslation('attachments');
  const { id, name, size } = attachment;
  return (
    <div className={styles['row']}>
      {upload === 'waiting' ? <UploadRing id={id} isInRow /> : <FileIcon attachment={attachment} />}
      <span className={styles['lines']}>
        <bdi className={styles['name']}>{name}</bdi>
        <span className={styles['size']}>{fileSize(size, i18n.language)}</span>
      </span>
      {upload === 'none' && <DownloadLink id={id} label={t('download', { name })} />}
    </div>
  );
}

/** The server says that it is to be saved, and under which name. */
function DownloadLink({ id, label }: { readonly id: Attachment['id']; readonly label: string }): ReactNode {
  return (
    <a className={styles['download']} href={`${filePath(id, 'original')}?download=1`} download aria-label={label}>
      <Download aria-hidden="true" />
    </a>
  );
}
