import { bringLateWords } from './words.late.ts';

/** The history of calls with its words. */
export async function loadPastCalls() {
  const [{ PastCallsHere }] = await Promise.all([import('./PastCallsHere.tsx'), bringLateWords()]);
  return { default: PastCallsHere };
}
