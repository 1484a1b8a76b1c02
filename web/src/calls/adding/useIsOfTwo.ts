import { useStore } from 'zustand';
import { useActive, useCalls } from '../useCalls.ts';

/** Whether the call I am in is that of a direct chat, and both are here: more people then make it a group's. */
export function useIsOfTwo(): boolean {
  const chatId = useActive((call) => call.chatId);
  const isAnswered = useActive(({ people }) => people.length > 1);
  const { store } = useCalls().chats;
  return useStore(store, ({ list }) => list.chats.get(chatId)?.summary.chat.kind === 'direct') && isAnswered;
}
