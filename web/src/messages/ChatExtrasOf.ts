import type { ChatId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ChatExtras, ChatExtrasProps } from '../chats/ChatList.tsx';
import type { DeliveryState } from '../chats/deliveryState.ts';
import { useSummary } from '../chats/useChats.ts';
import type { ChatHistory } from './messages.store.ts';
import { useMessages } from './useMessages.ts';

function useChatExtras(chatId: ChatId): ChatExtras {
  const { me, drafts, outbox, receipts, sync } = useMessages();
  const draft = useStore(drafts.store, (texts) => texts.get(chatId))?.trim();
  const item = useStore(outbox.store, ({ items }) => items.findLast((one) => one.chatId === chatId));
  const readHere = useStore(receipts.store, (reads) => reads.get(chatId) ?? 0);
  const summary = useSummary(chatId);
  const position = summary?.lastMessage?.position ?? 0;
  const state = useStore(sync.store, ({ histories }): DeliveryState => stateAt(position, histories.get(chatId), me));
  return {
    draft: draft === '' ? undefined : draft,
    pending: item && { text: item.text, at: item.writtenAt, isRefused: item.refusal !== null },
    state,
    readPosition: Math.max(readHere, summary?.readPosition ?? 0),
  };
}

/** What the chat list shows of messages: given to it by app, for the list knows nothing of this feature. */
export function ChatExtrasOf({ chatId, children }: ChatExtrasProps): ReactNode {
  return children(useChatExtras(chatId));
}

function stateAt(position: number, history: ChatHistory | undefined, me: string): DeliveryState {
  const others = [...(history?.cursors.values() ?? [])].filter(({ userId }) => userId !== me);
  if (others.some(({ readPosition }) => readPosition >= position)) return 'read';
  return others.some(({ deliveredPosition }) => deliveredPosition >= position) ? 'delivered' : 'sent';
}
