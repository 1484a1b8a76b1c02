import { createContext, use } from 'react';
import type { DeskStore } from './messages.desk.ts';

export const DeskContext = createContext<DeskStore | undefined>(undefined);

/** The desk of the chat around the caller. */
export function useDesk(): DeskStore {
  const desk = use(DeskContext);
  if (!desk) throw new Error('outside of DeskContext');
  return desk;
}
