import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { personCardStore } from '../users/personCard.ts';
import { bringLateWords } from './words.late.ts';

const PersonCardHere = lazy(async () => {
  const [{ PersonCardHere: Card }] = await Promise.all([import('./PersonCardHere.tsx'), bringLateWords()]);
  return { default: Card };
});

/** The card of whoever was pressed somewhere. */
export function PersonCardLayer(): ReactNode {
  const userId = useStore(personCardStore, (state) => state.userId);
  return <Suspense>{userId !== null && <PersonCardHere userId={userId} />}</Suspense>;
}
