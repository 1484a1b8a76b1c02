import { type ReactNode, useCallback, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { useNews, useOwnNews, useReactionNews } from './useNews.ts';
import { usePictureWindow } from './usePictureWindow.ts';

/** What is said stays for a while, so that what comes right after it does not take it out of somebody's mouth. */
const KEPT = 3;

interface Sentence {
  readonly id: number;
  readonly text: string;
}

/**
 * Says to screen readers what others do and what becomes of me: on the stage, while only its bar is in sight, and in the
 * window above all others, since nothing is read out of a page that is not in front.
 */
export function StageAnnouncer(): ReactNode {
  const [said, setSaid] = useState<readonly Sentence[]>([]);
  // Anew each time: the same words twice are said twice.
  const say = useCallback(
    (text: string) => setSaid((all) => [...all, { id: (all.at(-1)?.id ?? 0) + 1, text }].slice(-KEPT)),
    [],
  );
  const above = useStore(usePictureWindow().store, ({ window: opened }) => opened);
  useNews(say);
  useReactionNews(say);
  useOwnNews(say);
  const region = (
    <div className="visually-hidden" aria-live="polite">
      {said.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
  return (
    <>
      {region}
      {above && createPortal(region, above.document.body)}
    </>
  );
}
