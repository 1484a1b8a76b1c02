import { type RefObject, useEffect } from 'react';

/** Takes the focus to the stage, and at the end back to where it was, if that is still there. */
export function useReturnedFocus(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const stage = root.current;
    if (!stage) return undefined;
    const before = document.activeElement;
    stage.focus();
    return () => {
      // Whoever has gone elsewhere meanwhile stays there.
      const isElsewhere = document.activeElement !== document.body && !stage.contains(document.activeElement);
      if (!isElsewhere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [root]);
}
