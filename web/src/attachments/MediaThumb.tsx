import { type Attachment, filePath } from '@dialog/shared/attachments';
import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ChatMedia.module.css';
import { playingTime } from './fileSize.ts';
import { placeholderOf } from './placeholder.ts';

interface MediaThumbProps {
  readonly attachment: Attachment;
  readonly onOpen: () => void;
}

/** A square that opens the gallery. */
export function MediaThumb({ attachment, onOpen }: MediaThumbProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { id, kind, name, thumbHash, hasPoster = false, durationMs } = attachment;
  const isVideo = kind === 'video';
  const placeholder = placeholderOf(thumbHash);
  const variant = isVideo ? 'poster' : 'thumb';
  return (
    <button
      type="button"
      className={styles['thumb']}
      style={placeholder === undefined ? undefined : { backgroundImage: placeholder }}
      aria-label={t(isVideo ? 'playVideo' : 'openPicture', { name })}
      onClick={onOpen}
    >
      {(!isVideo || hasPoster) && <img src={filePath(id, variant)} alt="" loading="lazy" decoding="async" />}
      {isVideo && (
        <span className={styles['sign']}>
          <Play aria-hidden="true" />
          {durationMs !== undefined && playingTime(durationMs)}
        </span>
      )}
    </button>
  );
}
