import { useEffect } from 'react';
import { useStore } from 'zustand';
import { COVERS } from '../stage/callKeys.ts';
import { usePictureWindow } from '../stage/usePictureWindow.ts';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { listenForTalk } from './pushToTalk.ts';
import { useTalkHolds } from './useTalkHolds.ts';

/** Where a space is written or looked through; and what no other key ticks. All else is pressed by Enter as well. */
const SPACE_IS_NEEDED =
  'textarea, select, [contenteditable]:not([contenteditable="false"]), input:not([type="button"], [type="color"], ' +
  '[type="file"], [type="image"], [type="range"], [type="reset"], [type="submit"])';

/** Muted but while the space bar is held, in the page or in the window above all others. */
export function usePushToTalk(): void {
  const { media } = useCalls().own;
  const isOn = useLocalMedia(({ habits }) => habits.isPushToTalk);
  const above = useStore(usePictureWindow().store, ({ window: opened }) => opened);
  useEffect(() => {
    if (isOn) media.want('microphone', false);
  }, [isOn, media]);
  useTalkKey(isOn ? window : null);
  useTalkKey(isOn ? above : null);
}

function useTalkKey(page: Window | null): void {
  const { hold } = useTalkHolds();
  useEffect(() => {
    if (!page) return undefined;
    return listenForTalk({ page, isTaken: () => isSpaceTaken(page.document), hold });
  }, [page, hold]);
}

function isSpaceTaken(page: Document): boolean {
  if (page.querySelector(COVERS)) return true;
  const at = page.activeElement;
  return at !== null && at.closest(SPACE_IS_NEEDED) !== null;
}
