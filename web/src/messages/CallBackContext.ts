import { createContext } from 'react';

/** Calls in the chat at hand; null where nobody can be called. Messages know nothing else of calls. */
export const CallBackContext = createContext<((hasCamera: boolean) => void) | null>(null);
