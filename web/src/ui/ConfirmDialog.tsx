import { type ReactNode, Suspense } from 'react';
import { lazy } from '../platform/late.ts';
import { useEverTrue } from './useEverTrue.ts';

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly text: ReactNode;
  /** The act itself as a verb, never "OK". */
  readonly confirmLabel: string;
  readonly isDanger?: boolean;
  /** The dialog closes when it resolves, and shows `errorText` of what it rejects with. */
  readonly onConfirm: () => Promise<unknown>;
  readonly errorText: (failure: unknown) => string;
}

const ConfirmDialogPopup = lazy(async () => ({
  default: (await import('./ConfirmDialogPopup.tsx')).ConfirmDialogPopup,
}));

/** Asks before what cannot be undone. The focus stands on the harmless answer. Its code comes when it first opens. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  if (!useEverTrue(props.isOpen)) return null;
  return (
    <Suspense>
      <ConfirmDialogPopup {...props} />
    </Suspense>
  );
}
