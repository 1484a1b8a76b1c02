import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Keys } from './Keys.tsx';
import { placeBeside } from './placeBeside.ts';
import styles from './Tooltips.module.css';

/** Long enough that a pointer passing by stirs nothing. */
const SHOWN_AFTER_MS = 500;

interface Shown {
  readonly anchor: HTMLElement;
  readonly text: string;
  readonly keys: string | undefined;
}

/**
 * One layer for the whole page: shows the `data-tooltip` (and `data-tooltip-keys`) of what is hovered or has the focus.
 * So a hundred buttons cost no more than one. Never the only place of something needed: touch screens do not show it.
 */
export function Tooltips(): ReactNode {
  const shown = useShown();
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (shown && bubble.current) placeBeside(bubble.current, shown.anchor, { side: 'bottom', align: 'center', gap: 6 });
  }, [shown]);
  if (!shown) return null;
  return (
    <div ref={bubble} className={styles['bubble']} role="tooltip">
      {shown.text}
      {shown.keys !== undefined && <Keys keys={shown.keys} />}
    </div>
  );
}

function useShown(): Shown | undefined {
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let anchor: HTMLElement | undefined;
    const ending = new AbortController();
    const { signal } = ending;

    function hide(): void {
      clearTimeout(timer);
      anchor = undefined;
      setShown(undefined);
    }

    function aim(target: EventTarget | null, delayMs: number): void {
      const next = target instanceof Element ? target.closest<HTMLElement>('[data-tooltip]') : null;
      if (next === (anchor ?? null)) return;
      hide();
      if (!next) return;
      anchor = next;
      timer = setTimeout(() => {
        const { tooltip, tooltipKeys } = next.dataset;
        const isOpen = next.getAttribute('aria-expanded') === 'true';
        if (tooltip !== undefined && next.isConnected && !isOpen)
          setShown({ anchor: next, text: tooltip, keys: tooltipKeys });
      }, delayMs);
    }

    document.addEventListener(
      'pointerover',
      (event) => event.pointerType === 'mouse' && aim(event.target, SHOWN_AFTER_MS),
      { signal },
    );
    document.addEventListener(
      'focusin',
      ({ target }) => target instanceof Element && target.matches(':focus-visible') && aim(target, 0),
      { signal },
    );
    for (const over of ['focusout', 'pointerdown', 'keydown', 'wheel'])
      document.addEventListener(over, hide, { signal, passive: true, capture: true });
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, []);
  return shown;
}
