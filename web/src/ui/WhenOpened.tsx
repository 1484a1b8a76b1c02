import { type ReactNode, Suspense } from 'react';
import { useEverTrue } from './useEverTrue.ts';

interface WhenOpenedProps {
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

/** Brings what opens, such as a lazy dialog, when it first does, and keeps it from then on: it closes as it opened. */
export function WhenOpened({ isOpen, children }: WhenOpenedProps): ReactNode {
  return useEverTrue(isOpen) ? <Suspense>{children}</Suspense> : null;
}
