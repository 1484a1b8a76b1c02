import { type ReactNode, Suspense } from 'react';
import { lazy } from '../../platform/late.ts';
import { useActive } from '../useCalls.ts';
import { bringCompareWords } from './compareWords.ts';

const CompareSigns = lazy(async () => {
  const [{ CompareSigns: signs }] = await Promise.all([import('./CompareSigns.tsx'), bringCompareWords()]);
  return { default: signs };
});

/** In a call that goes straight from one device to the other: what both people can compare. */
export function CompareHere(): ReactNode {
  const comparison = useActive((call) => call.comparison);
  return (
    comparison && (
      <Suspense>
        <CompareSigns comparison={comparison} />
      </Suspense>
    )
  );
}
