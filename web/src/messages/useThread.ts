import { createContext, use } from 'react';

/** The position of the root where the caller is inside of a thread; null in the conversation itself. */
export const ThreadContext = createContext<number | null>(null);

export function useThread(): number | null {
  return use(ThreadContext);
}
