import { createContext, use } from 'react';
import type { Messages } from './messages.ts';

export const MessagesContext = createContext<Messages | undefined>(undefined);

export function useMessages(): Messages {
  const messages = use(MessagesContext);
  if (!messages) throw new Error('outside of MessagesContext');
  return messages;
}
