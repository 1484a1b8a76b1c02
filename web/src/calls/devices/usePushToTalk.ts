import { useEffect, useState } from 'react';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { listenForTalk } from './pushToTalk.ts';

/** Where the space bar has a meaning of its own. */
const TAKEN =
  'input, textarea, select, button, a[href], summary, audio, video, [contenteditable]:not([contenteditable="false"]), ' +
  '[role="button"], [role="menuitem"], [role="option"], [role="slider"], [role="switch"], [role="tab"], [role="textbox"]';

/** Muted but while the space bar is held. Answers whether it is. */
export function usePushToTalk(): boolean {
  const { media } = useCalls().own;
  const isOn = useLocalMedia(({ habits }) => habits.isPushToTalk);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    media.want('microphone', false);
    return listenForTalk({
      page: window,
      isTaken,
      talk(isTalking) {
        setHeld(isTalking);
        media.want('microphone', isTalking);
      },
    });
  }, [isOn, media]);
  return isHeld;
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TAKEN) !== null;
}
