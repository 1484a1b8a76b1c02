import { type Attachment, filePath } from '@dialog/shared/attachments';
import { Play } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playingTime } from './fileSize.ts';
import pictures from './PictureView.module.css';
import { UploadRing } from './UploadRing.tsx';
import { type UploadState, useLocalAddress } from './useAttachments.ts';
import styles from './VideoView.module.css';

interface VideoProps {
  readonly attachment: Attachment;
  readonly upload: UploadState;
}

/** A video that stands alone plays in its place. Nothing of it is fetched before that but its still. */
export function VideoView({ attachment, upload }: VideoProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { id, name } = attachment;
  const local = useLocalAddress(id, upload !== 'none');
  const [isOpen, setOpen] = useState(false);
  if (isOpen)
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- people send videos without
      <video className={styles['video']} src={local ?? filePath(id, 'original')} aria-label={name} controls autoPlay />
    );
  return (
    <div className={pictures['picture']}>
      <button
        type="button"
        className={pictures['open']}
        aria-label={t('playVideo', { name })}
        onClick={() => setOpen(true)}
        disabled={upload !== 'none'}
      >
        <VideoFace attachment={attachment} local={local} />
      </button>
      {upload === 'waiting' && <UploadRing id={id} />}
    </div>
  );
}

/** In an album a video is too small to be watched: it opens in the gallery. */
export function VideoCell({ attachment, upload }: VideoProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { id, name } = attachment;
  const local = useLocalAddress(id, upload !== 'none');
  return (
    <div className={pictures['picture']}>
      <button
        type="button"
        className={pictures['open']}
        aria-label={t('playVideo', { name })}
        data-act="view"
        data-attachment={id}
        disabled={upload !== 'none'}
      >
        <VideoFace attachment={attachment} local={local} />
      </button>
      {upload === 'waiting' && <UploadRing id={id} />}
    </div>
  );
}

/** Its poster, else the first frame where the page holds the file, else a dark place. */
function VideoFace({
  attachment: { id, hasPoster = false, durationMs },
  local,
}: {
  readonly attachment: Attachment;
  readonly local: string | undefined;
}): ReactNode {
  return (
    <span className={styles['face']}>
      {hasPoster && local === undefined && <img src={filePath(id, 'poster')} alt="" loading="lazy" decoding="async" />}
      {local !== undefined && <video src={local} preload="metadata" muted tabIndex={-1} aria-hidden="true" />}
      <Play className={styles['play']} aria-hidden="true" />
      {durationMs !== undefined && <span className={styles['time']}>{playingTime(durationMs)}</span>}
    </span>
  );
}
