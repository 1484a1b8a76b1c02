import { type RefObject, useEffect } from 'react';

/** Takes the focus to what has opened, or `first` in it, and at the end back to where it was, if that is still there. */
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
      if (!isElsewhere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [root, first]);
}
