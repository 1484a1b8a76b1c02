import { useCallback, useEffect, useState } from 'react';
import type { VideoHandle } from '../transport/media.transport.ts';
import type { Size } from './zoom.ts';

const NONE: Size = { width: 0, height: 0 };

/** An element that shows a video, and how many pixels the video has at the moment. */
export function useShownVideo(video: VideoHandle) {
  const [element, setElement] = useState<HTMLVideoElement | null>(null);
  const [size, setSize] = useState(NONE);
  useEffect(() => {
    if (!element) return undefined;
    const measure = (): void => {
      const { videoWidth: width, videoHeight: height } = element;
      // Another source begins with nothing: until its first frame the place of the last one stays.
      if (width > 0) setSize((known) => (known.width === width && known.height === height ? known : { width, height }));
    };
    element.addEventListener('resize', measure);
    element.addEventListener('loadedmetadata', measure);
    video.attach(element);
    measure();
    return () => {
      element.removeEventListener('resize', measure);
      element.removeEventListener('loadedmetadata', measure);
      video.detach(element);
    };
  }, [element, video]);
  return { element, size, ref: useCallback((shown: HTMLVideoElement | null) => setElement(shown), []) };
}
