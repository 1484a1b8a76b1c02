import { type RefObject, useEffect, useLayoutEffect } from 'react';

/**
 * Takes the focus to what has opened, or `first` in it, and at the end back to where it was; is that gone, to the call's
 * bar, or to the page.
 */
export function useReturnedFocus(root: RefObject<HTMLElement | null>, first?: string): void {
  useEffect(() => {
    const opened = root.current;
    if (!opened) return undefined;
    const before = document.activeElement;
    const target = first === undefined ? opened : opened.querySelector<HTMLElement>(first);
    target?.focus();
    return () => {
      // Whoever has gone elsewhere meanwhile stays there.
      const isElsewhere = document.activeElement !== document.body && !opened.contains(document.activeElement);
      if (isElsewhere) return;
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      if (document.activeElement === document.body) (find('[data-show-call]') ?? find('main'))?.focus();
    };
  }, [root, first]);
}

/** Where what has the focus goes away, the page has it, and a keyboard does not begin anew at the top. */
export function useFocusLeft(root: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const shown = root.current;
    return () => {
      if (shown?.contains(document.activeElement) === true) find('main')?.focus();
    };
  }, [root]);
}

function find(selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(selector);
}
