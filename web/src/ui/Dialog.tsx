import { type ReactNode, type RefObject, Suspense } from 'react';
import { lazy } from '../platform/late.ts';
import { useEverTrue } from './useEverTrue.ts';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that does it last. */
  readonly footer?: ReactNode;
  readonly size?: 'm' | 'l';
  /** Where the focus goes first, when not to the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

const DialogPopup = lazy(async () => ({ default: (await import('./DialogPopup.tsx')).DialogPopup }));

/** Holds the focus, closes on Escape and on a press beside it, gives the focus back. Its code comes when it first opens. */
export function Dialog(props: DialogProps): ReactNode {
  if (!useEverTrue(props.isOpen)) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}
