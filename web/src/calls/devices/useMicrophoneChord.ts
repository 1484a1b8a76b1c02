import { useEffect } from 'react';
import { useStore } from 'zustand';
import { toggleDevice } from './toggleDevice.ts';
import { usePictureWindow } from '../stage/usePictureWindow.ts';
import { useCalls } from '../useCalls.ts';
import type { LocalMedia } from './local.media.ts';

export const MICROPHONE_CHORD = 'Ctrl+Shift+M';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Ctrl or ⌘, as with the other keys of the page. */
export function isMicrophoneChord({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): boolean {
  return ctrlKey !== metaKey && shiftKey && !altKey && key.toLowerCase() === 'm';
}

/**
 * Wherever one is in the page, also while one types or a dialog is open. With push to talk it does what M and Enter on the
 * button do: the microphone stays open until it is pressed again or a hold ends; and it mutes who is held to be heard.
 */
export function useMicrophoneChord(): void {
  const { media } = useCalls().own;
  const above = useStore(usePictureWindow().store, ({ window: opened }) => opened);
  useEffect(() => listenForChord(window, media), [media]);
  useEffect(() => (above ? listenForChord(above, media) : undefined), [above, media]);
}

function listenForChord(page: Window, media: LocalMedia): () => void {
  const ending = new AbortController();
  function hear(event: KeyboardEvent): void {
    if (!isMicrophoneChord(event)) return;
    // Held, too: browsers have a menu of their own behind it.
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) toggleDevice(media, 'microphone');
  }
  page.addEventListener('keydown', hear, { signal: ending.signal, capture: true });
  return () => ending.abort();
}
