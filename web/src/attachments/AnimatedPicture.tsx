import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PictureView.module.css';

/**
 * A picture that moves, still until the pointer or the focus is on it: its first frame is drawn on a canvas that covers
 * it. Who wants less motion sees it move only in the gallery, by wish.
 */
export function AnimatedPicture({ src }: { readonly src: string }): ReactNode {
  const { t } = useTranslation('attachments');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isStill, setStill] = useState(false);
  const [isPlaying, setPlaying] = useState(false);

  function drawFirstFrame(picture: HTMLImageElement): void {
    if (!canvas.current || isStill) return;
    canvas.current.width = picture.naturalWidth;
    canvas.current.height = picture.naturalHeight;
    canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
    setStill(true);
  }

  return (
    <span
      onPointerEnter={() => setPlaying(mayMove())}
      onPointerLeave={() => setPlaying(false)}
      ref={(place) => followFocus(place, setPlaying)}
    >
      <canvas ref={canvas} hidden={!isStill || isPlaying} />
      <img
        src={src}
        alt=""
        decoding="async"
        loading="lazy"
        draggable={false}
        hidden={isStill && !isPlaying}
        onLoad={({ currentTarget }) => drawFirstFrame(currentTarget)}
      />
      {!isPlaying && (
        <span className={styles['sign']} aria-hidden="true">
          {t('animated')}
        </span>
      )}
    </span>
  );
}

function mayMove(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The focus is on the button around. */
function followFocus(place: HTMLElement | null, setPlaying: (isPlaying: boolean) => void): () => void {
  const ending = new AbortController();
  const button = place?.closest('button');
  button?.addEventListener('focus', () => setPlaying(mayMove()), ending);
  button?.addEventListener('blur', () => setPlaying(false), ending);
  return () => ending.abort();
}
