import type { ChatId } from '@dialog/shared/contract/values';
import { useEffect, useRef } from 'react';
import type { Place } from './router.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

export interface ThreadPlace {
  readonly open: { readonly chatId: ChatId; readonly thread: number } | undefined;
  /** Answers whether there was anything to close. */
  close(): boolean;
  /** Something else is wanted in its place: it goes, and that comes unless it was there behind it. */
  giveWay(isBehind: unknown, bring: () => void): void;
}

/** Where a thread lies over its conversation. */
const IS_OVER = '(max-width: 899px)';

/** The thread on screen is part of the address: a step back closes it, a reload opens it again. */
export function useThreadPane(place: Place): ThreadPlace {
  const { router } = useApp();
  const { messages } = useSession();
  /** It was opened from its conversation, so a step back leads there. */
  const isOneStep = useRef(false);
  const { chatId, thread } = place.name === 'chat' ? place : { chatId: undefined, thread: undefined };

  useEffect(
    () =>
      messages.onShow((chat, root) => {
        const { place: now } = router.store.getState();
        const isInChat = now.name === 'chat' && now.chatId === chat;
        if (root === null) {
          if (isInChat && now.thread !== undefined && matchMedia(IS_OVER).matches)
            router.go({ name: 'chat', chatId: chat }, { replace: true });
          return;
        }
        const wasOpen = isInChat && now.thread !== undefined;
        if (!wasOpen) isOneStep.current = isInChat;
        // From one thread to the next is no step: back leads to the conversation.
        router.go({ name: 'chat', chatId: chat, thread: root }, { replace: wasOpen });
      }),
    [messages, router],
  );

  function close(): boolean {
    if (chatId === undefined || thread === undefined) return false;
    if (isOneStep.current) router.back();
    else router.go({ name: 'chat', chatId }, { replace: true });
    isOneStep.current = false;
    return true;
  }

  return {
    open: chatId !== undefined && thread !== undefined ? { chatId, thread } : undefined,
    close,
    giveWay(isBehind, bring) {
      if (!close() || !isBehind) bring();
    },
  };
}
