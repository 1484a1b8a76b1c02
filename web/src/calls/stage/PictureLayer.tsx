import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { ShareEnd } from '../share/ShareEnd.tsx';
import { PictureStage } from './PictureStage.tsx';
import { StageAnnouncer } from './StageAnnouncer.tsx';
import { usePictureWindow } from './usePictureWindow.ts';

/** As long as one is in a call: the window that can be above all others, opened by hand or when one turns to another tab. */
export function PictureLayer(): ReactNode {
  const picture = usePictureWindow();
  const opened = useStore(picture.store, ({ window }) => window);
  useEffect(() => picture.close, [picture]);
  useTurningAway();
  return (
    <>
      <StageAnnouncer />
      <ShareEnd />
      {opened && createPortal(<PictureStage window={opened} />, opened.document.body)}
    </>
  );
}

/** Browsers that can do it ask the person once whether they like it. */
function useTurningAway(): void {
  const picture = usePictureWindow();
  useEffect(() => {
    let isAutomatic = false;
    const ending = new AbortController();
    whenTurningAway(() => {
      isAutomatic = true;
      picture.open('small');
    });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState !== 'visible' || !isAutomatic) return;
        isAutomatic = false;
        picture.close();
      },
      { signal: ending.signal },
    );
    return () => {
      ending.abort();
      whenTurningAway(null);
    };
  }, [picture]);
}

function whenTurningAway(act: (() => void) | null): void {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- newer than the types of the browser
    navigator.mediaSession.setActionHandler('enterpictureinpicture' as MediaSessionAction, act);
  } catch {
    // This browser knows of no such thing.
  }
}
