import { useState } from 'react';

export interface Frozen {
  readonly isOn: boolean;
  readonly toggle: () => void;
}

/** Keeps for me what a video shows now, while it goes on for all others. */
export function useFrozen(element: HTMLVideoElement | null) {
  const [kept, setKept] = useState<HTMLCanvasElement | null>(null);
  const [isOn, setOn] = useState(false);

  function toggle(): void {
    setOn(!isOn && kept !== null && element !== null && drawAll(element, kept));
  }

  return { ref: setKept, isOn, toggle };
}

/** At full size. False: there is nothing to be seen yet. */
function drawAll(video: HTMLVideoElement, canvas: HTMLCanvasElement): boolean {
  if (video.videoWidth === 0) return false;
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return true;
}
