import { type ReactNode, type RefObject, Suspense, useEffect, useRef } from 'react';
import { lazy } from '../platform/late.ts';
import { useEverTrue } from './useEverTrue.ts';

/** Where on the page, in pixels from its start corner as the browser counts them. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface ContextMenuProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly at: Point;
  /** The finger that asked for it still lies there: lifting it is no press beside the menu. */
  readonly isHeld: boolean;
  /** Gets the focus back. */
  readonly owner: RefObject<HTMLElement | null>;
  /** MenuItem, MenuChoice, MenuSeparator. */
  readonly children: ReactNode;
}

const MenuPopup = lazy(async () => ({ default: (await import('./MenuPopup.tsx')).MenuPopup }));

/** A menu at the pointer. Its code comes when it first opens. */
export function ContextMenu({ isOpen, onClose, at, isHeld, owner, children }: ContextMenuProps): ReactNode {
  const mayClose = useMayClose(isOpen && isHeld);
  if (!useEverTrue(isOpen)) return null;
  return (
    <Suspense>
      <MenuPopup
        isOpen={isOpen}
        onOpenChange={(open) => {
          if (!open && mayClose()) onClose();
        }}
        anchor={at}
        finalFocus={owner}
        side="bottom"
        align="start"
      >
        {children}
      </MenuPopup>
    </Suspense>
  );
}

/** The click that a browser makes of a lifted finger has come by then. */
const LIFTED_MS = 400;

/** Whether a press beside the menu is one: not the lifting of the finger that asked for it. */
export function useMayClose(isHeld: boolean): () => boolean {
  const isLifted = useRef(true);
  useEffect(() => {
    isLifted.current = !isHeld;
    if (!isHeld) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    const lift = (): void => {
      const timer = setTimeout(() => (isLifted.current = true), LIFTED_MS);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };
    // Lifted before anyone listened: the next press is a press.
    addEventListener('pointerdown', () => (isLifted.current = true), { capture: true, signal });
    for (const end of ['pointerup', 'pointercancel', 'touchend'])
      addEventListener(end, lift, { capture: true, signal });
    return () => ending.abort();
  }, [isHeld]);
  return () => isLifted.current;
}
