import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { messageAt } from './messages.store.ts';
import { useMessages } from './useMessages.ts';

/** The message at a position, asked for when this device does not hold it. Null: gone. Undefined: on its way. */
export function useQuoted(chatId: ChatId, position: number): Message | null | undefined {
  const { sync } = useMessages();
  const quoted = useStore(sync.store, ({ histories }) => {
    const history = histories.get(chatId);
    return history && messageAt(history, position);
  });
  useEffect(() => {
    if (quoted === undefined) sync.wantReferred(chatId, position);
  }, [sync, chatId, position, quoted]);
  return quoted;
}
