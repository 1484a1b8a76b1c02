import { type Attachment, filePath } from '@dialog/shared/attachments';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AnimatedPicture } from './AnimatedPicture.tsx';
import styles from './PictureView.module.css';
import { placeholderOf } from './placeholder.ts';
import { UploadRing } from './UploadRing.tsx';
import { type UploadState, useLocalAddress } from './useAttachments.ts';

interface PictureViewProps {
  readonly attachment: Attachment;
  readonly upload: UploadState;
  /** About as wide as this. */
  readonly shownPx: number;
}

/** One picture of a message, in a place that was there before it; a press opens it in the gallery. */
export function PictureView({ attachment, upload, shownPx }: PictureViewProps): ReactNode {
  const { t } = useTranslation('attachments');
  const { id, name, thumbHash, isAnimated = false } = attachment;
  const local = useLocalAddress(id, upload !== 'none');
  const placeholder = placeholderOf(thumbHash);
  const sources = local === undefined ? served(attachment) : { src: local };
  const isKnown = local !== undefined || upload === 'none';
  return (
    <div className={styles['picture']} style={placeholder === undefined ? undefined : { backgroundImage: placeholder }}>
      <button
        type="button"
        className={styles['open']}
        aria-label={t('openPicture', { name })}
        data-act="view"
        data-attachment={id}
        disabled={upload !== 'none'}
      >
        {isKnown && isAnimated && <AnimatedPicture src={sources.src} />}
        {isKnown && !isAnimated && (
          <img
            {...sources}
            sizes={`${Math.round(shownPx)}px`}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
          />
        )}
      </button>
      {upload === 'waiting' && <UploadRing id={id} />}
    </div>
  );
}

/** As `FileVariant` has it: the longest side. */
const THUMB_PX = 320;
const DISPLAY_PX = 1_600;

function served({ id, width = 1, height = 1 }: Attachment): { readonly src: string; readonly srcSet: string } {
  const wide = (longest: number): number =>
    Math.max(1, Math.round(width * Math.min(1, longest / Math.max(width, height))));
  const [thumb, display] = [filePath(id, 'thumb'), filePath(id, 'display')];
  // Two sources as wide as each other would be none.
  if (wide(THUMB_PX) === wide(DISPLAY_PX)) return { src: display, srcSet: `${display} ${wide(DISPLAY_PX)}w` };
  return { src: display, srcSet: `${thumb} ${wide(THUMB_PX)}w, ${display} ${wide(DISPLAY_PX)}w` };
}
