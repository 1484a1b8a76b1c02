import { type ReactNode, Suspense } from 'react';
import { lazy } from '../../platform/late.ts';
import { useLocalMedia } from '../useCalls.ts';
import type { SourceKind } from './local.media.ts';

const DeviceTrouble = lazy(async () => ({ default: (await import('./DeviceTrouble.tsx')).DeviceTrouble }));

/** Each device that does not work. Goes by itself when the cause does. */
export function DeviceProblems(): ReactNode {
  return (
    <Suspense>
      <DeviceProblem kind="microphone" />
      <DeviceProblem kind="camera" />
    </Suspense>
  );
}

function DeviceProblem({ kind }: { readonly kind: SourceKind }): ReactNode {
  const hasProblem = useLocalMedia((state) => {
    const { isWanted, problem, effect } = state[kind];
    return isWanted && (Boolean(problem) || effect === 'failed');
  });
  return hasProblem && <DeviceTrouble kind={kind} />;
}
