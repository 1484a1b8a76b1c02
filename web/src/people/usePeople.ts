import { createContext, use } from 'react';
import { type Late, useLate } from '../platform/late.ts';
import type { People } from './people.ts';

export const PeopleContext = createContext<Late<People> | undefined>(undefined);

/** Once it is there: its code and words come with the first who needs them. */
export function usePeople(): People | undefined {
  return usePeopleIf(true);
}

/** The same, without bringing it before it is needed. */
export function usePeopleIf(isNeeded: boolean): People | undefined {
  const late = use(PeopleContext);
  if (!late) throw new Error('outside of PeopleContext');
  return useLate(late, isNeeded);
}
