import { useMessages } from '../../messages/useMessages.ts';
import type { Incoming } from './rings.state.ts';
import type { Rings } from './rings.ts';

/** Says something in the chat instead of answering. */
export function useDeclineWith({ chatId, callId }: Incoming, rings: Rings): (text: string) => void {
  const { outbox } = useMessages();
  return (text) => {
    outbox.add(chatId, { text });
    void rings.decline(callId);
  };
}
