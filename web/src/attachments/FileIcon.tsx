import type { Attachment } from '@dialog/shared/attachments';
import { File, FileArchive, FileCode, FileImage, FileMusic, FileSpreadsheet, FileText, FileVideo } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './FileIcon.module.css';

const KINDS = [
  { matches: /^image\//, Icon: FileImage },
  { matches: /^video\//, Icon: FileVideo },
  { matches: /^audio\//, Icon: FileMusic },
  { matches: /pdf|^text\/plain|word|opendocument\.text|rtf/, Icon: FileText },
  { matches: /sheet|excel|csv/, Icon: FileSpreadsheet },
  { matches: /zip|tar|compressed|gzip|7z|rar/, Icon: FileArchive },
  { matches: /json|xml|javascript|html|^text\//, Icon: FileCode },
];

/** What sort of file it is, at a glance. */
export function FileIcon({ attachment: { mime } }: { readonly attachment: Pick<Attachment, 'mime'> }): ReactNode {
  const Icon = KINDS.find(({ matches }) => matches.test(mime))?.Icon ?? File;
  return (
    <span className={styles['icon']}>
      <Icon aria-hidden="true" />
    </span>
  );
}
