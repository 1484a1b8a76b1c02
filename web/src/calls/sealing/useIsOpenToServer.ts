import { useStore } from 'zustand';
import { useActive, useCalls } from '../useCalls.ts';

/** Whether whoever runs the server could see and hear the call I am in. */
function useIsOpenToServer(): boolean {
  return useActive(({ way, isSealed }) => way === 'sfu' && !isSealed);
}

/** The same, of a call that went from one device to the other before. */
export function useIsMoved(): boolean {
  const isOpen = useIsOpenToServer();
  return useActive((call) => call.wasDirect) && isOpen;
}

/** The same, where one may expect otherwise: calls of two begin directly. In each call of a group a mark would be noise. */
export function useIsOfTwoOpenToServer(): boolean {
  const isOpen = useIsOpenToServer();
  const chatId = useActive((call) => call.chatId);
  const { store } = useCalls().chats;
  return useStore(store, ({ list }) => list.chats.get(chatId)?.summary.chat.kind === 'direct') && isOpen;
}
