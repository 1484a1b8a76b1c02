import { useEffect, useRef, useState } from 'react';
import type { VideoHandle } from '../transport/media.transport.ts';
import type { Size } from './zoom.ts';

const EVERY_MS = 2_000;
/** Enough to see where something is. */
const WIDTH_MAX = 1_280;

/** Draws what a video shows, now and then, into a canvas that stands still in between. */
export function useLooks(video: VideoHandle) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    // It stands in no page.
    const element = document.createElement('video');
    element.muted = true;
    video.attach(element);
    const look = (): void => {
      const canvas = ref.current;
      const { videoWidth, videoHeight } = element;
      if (!canvas || videoWidth === 0) return;
      canvas.width = Math.min(videoWidth, WIDTH_MAX);
      canvas.height = (canvas.width * videoHeight) / videoWidth;
      canvas.getContext('2d')?.drawImage(element, 0, 0, canvas.width, canvas.height);
      setSize({ width: canvas.width, height: canvas.height });
    };
    const timer = setInterval(look, EVERY_MS);
    // What cannot be played is looked at again.
    element.play().then(look, () => {});
    return () => {
      clearInterval(timer);
      video.detach(element);
    };
  }, [video]);
  return { ref, size };
}
