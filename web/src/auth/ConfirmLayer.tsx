import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import type { Call } from '../platform/api.ts';
import { lazy } from '../platform/late.ts';
import { useEverTrue } from '../ui/useEverTrue.ts';
import { bringProofWords } from './proofWords.ts';
import type { Confirming } from './confirming.ts';

export interface ConfirmLayerProps {
  readonly confirming: Confirming;
  readonly call: Call;
  readonly userName: string;
}

const ConfirmIdentity = lazy(async () => {
  const [{ ConfirmIdentity: dialog }] = await Promise.all([import('./ConfirmIdentity.tsx'), bringProofWords()]);
  return { default: dialog };
});

/** Asks the person to show that it is them, whatever they were doing when it became needed. */
export function ConfirmLayer(props: ConfirmLayerProps): ReactNode {
  const isAsking = useStore(props.confirming.store, (state) => state.isAsking);
  if (!useEverTrue(isAsking)) return null;
  return (
    <Suspense>
      <ConfirmIdentity {...props} isAsking={isAsking} />
    </Suspense>
  );
}
