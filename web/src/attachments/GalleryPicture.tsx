import { type Attachment, filePath } from '@dialog/shared/attachments';
import { type ReactNode, type RefObject, useImperativeHandle, useRef } from 'react';
import styles from './Gallery.module.css';
import { placeholderOf } from './placeholder.ts';
import { useZoom } from './useZoom.ts';

/** What keys do to the picture on stage. */
export interface ZoomKeys {
  readonly larger: () => void;
  readonly smaller: () => void;
  readonly whole: () => void;
}

interface GalleryPictureProps {
  readonly attachment: Attachment;
  readonly zoom: RefObject<ZoomKeys | null>;
  readonly onSwipe: (to: 'older' | 'newer') => void;
  readonly onDismiss: () => void;
}

/** What every browser shows; other originals are seen in the copy the server made. */
const SHOWN_AS_SENT = /^image\/(jpeg|png|webp)$/;

/** One picture to look into: by wheel, pinch, double tap and keys larger, moved by dragging. */
export function GalleryPicture({ attachment, zoom, onSwipe, onDismiss }: GalleryPictureProps): ReactNode {
  const { id, name, width = 800, height = 600, mime, thumbHash, isAnimated = false } = attachment;
  const stage = useRef<HTMLDivElement>(null);
  const { view, size, isMoving, keys, handlers } = useZoom(stage, { picture: { width, height }, onSwipe, onDismiss });
  useImperativeHandle(zoom, () => keys);
  // Larger than the screen there is more to see in what was sent than in the copy for the screen.
  const isSharp = view.scale > 1.5 && !isAnimated && SHOWN_AS_SENT.test(mime);
  const placeholder = placeholderOf(thumbHash);
  return (
    <div ref={stage} className={styles['pictureStage']} data-zoomed={view.scale > 1} {...handlers}>
      <img
        className={styles['picture']}
        data-moving={isMoving}
        src={filePath(id, isSharp ? 'original' : 'display')}
        alt={name}
        draggable={false}
        style={{
          inlineSize: size.width,
          blockSize: size.height,
          transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
          ...(placeholder === undefined ? {} : { backgroundImage: placeholder }),
        }}
      />
    </div>
  );
}
