import { type RefObject, useEffect } from 'react';
import { useCalls } from '../useCalls.ts';
import type { LocalMedia } from './local.media.ts';
import { listenForHold } from './pushToTalk.ts';
import { createTalkHolds, type TalkHolds } from './talkHolds.ts';

const known = new WeakMap<LocalMedia, TalkHolds>();

export function useTalkHolds(): TalkHolds {
  const { media } = useCalls().own;
  const holds = known.get(media) ?? createTalkHolds((isHeard) => media.want('microphone', isHeard));
  known.set(media, holds);
  return holds;
}

/** The button talks while a pointer holds it. */
export function useHoldToTalk(button: RefObject<HTMLElement | null>): void {
  const { hold } = useTalkHolds();
  useEffect(() => {
    const held = button.current;
    if (!held) return undefined;
    return listenForHold({ button: held, page: held.ownerDocument.defaultView ?? window, hold });
  }, [button, hold]);
}
