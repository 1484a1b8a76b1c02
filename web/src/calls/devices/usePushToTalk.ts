import { useEffect, useState } from 'react';
import { useCalls, useLocalMedia } from '../useCalls.ts';

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
    let isTalking = false;
    media.want('microphone', false);

    function talk(isWanted: boolean): void {
      if (isTalking === isWanted) return;
      isTalking = isWanted;
      setHeld(isWanted);
      media.want('microphone', isWanted);
    }
    function press(event: KeyboardEvent): void {
      if (event.code !== 'Space' || event.ctrlKey || event.altKey || event.metaKey || isTaken(event.target)) return;
      event.preventDefault(); // It would scroll.
      if (!event.repeat) talk(true);
    }
    function release({ code }: KeyboardEvent): void {
      if (code === 'Space') talk(false);
    }
    // The key may be let go where this page does not see it.
    const lose = (): void => talk(false);

    addEventListener('keydown', press);
    addEventListener('keyup', release);
    addEventListener('blur', lose);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('keyup', release);
      removeEventListener('blur', lose);
      talk(false);
    };
  }, [isOn, media]);
  return isHeld;
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TAKEN) !== null;
}
