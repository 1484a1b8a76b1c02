import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../ui/classes.ts';
import type { VideoHandle } from '../transport/media.transport.ts';
import styles from './VideoView.module.css';

interface VideoViewProps {
  readonly video: VideoHandle;
  readonly label: string;
  /** As in a mirror, which is how people know their own face. */
  readonly isMirrored?: boolean;
  /** `cover` fills the tile and cuts edges; `contain` shows all of it. */
  readonly fit: 'cover' | 'contain';
}

/** A running picture without sound: sounds play apart from what is on screen. */
export function VideoView({ video, label, isMirrored = false, fit }: VideoViewProps): ReactNode {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return undefined;
    video.attach(shown);
    return () => video.detach(shown);
  }, [video]);
  return (
    <video
      ref={element}
      className={classes(styles['video'], styles[fit], isMirrored && styles['mirrored'])}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
