import { passesOver } from '@dialog/shared/chats.cursor';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ChatExtras, ChatExtrasProps } from '../chats/ChatList.tsx';
import type { DeliveryState } from '../chats/deliveryState.ts';
import { useSummary } from '../chats/useChats.ts';
import { useExcerpt } from '../chats/useExcerpt.ts';
import { useIsOver } from '../platform/useIsOver.ts';
import { isExpired } from './messages.expiry.ts';
import { contentOf } from './messages.outbox.ts';
import type { ChatHistory } from './messages.store.ts';
import { useMessages } from './useMessages.ts';

function useChatExtras(chatId: ChatId): ChatExtras {
  const { me, drafts, outbox, receipts, sync } = useMessages();
  const excerpt = useExcerpt();
  const draft = useStore(drafts.store, (texts) => texts.get(chatId))?.trim();
  const item = useStore(outbox.store, ({ items }) =>
    items.findLast((one) => one.chatId === chatId && one.thread === undefined),
  );
  const readHere = useStore(receipts.store, (reads) => reads.get(chatId) ?? 0);
  const summary = useSummary(chatId);
  const lastMessage = useLastStanding(chatId, summary?.lastMessage);
  const position = lastMessage?.position ?? 0;
  const state = useStore(sync.store, ({ histories }) => stateAt(position, histories.get(chatId), me));
  return {
    draft: draft === '' ? undefined : draft,
    lastMessage,
    pending: item && { text: excerpt(contentOf(item)) ?? '', at: item.writtenAt, isRefused: item.refusal !== null },
    state,
    readPosition: Math.max(readHere, summary?.readPosition ?? 0),
  };
}

/** What is over is gone from the list as well; what stood before it is shown where this device holds it. */
function useLastStanding(chatId: ChatId, last: Message | null = null): Message | null {
  const { sync } = useMessages();
  const isOver = useIsOver(last?.expiresAt) || (last !== null && isExpired(last));
  const before = useStore(sync.store, ({ histories }) =>
    isOver ? histories.get(chatId)?.messages.findLast((message) => !isExpired(message)) : undefined,
  );
  return isOver ? (before ?? null) : last;
}

/** What the chat list shows of messages: given to it by app, for the list knows nothing of this feature. */
export function ChatExtrasOf({ chatId, children }: ChatExtrasProps): ReactNode {
  return children(useChatExtras(chatId));
}

/** Undefined while it is not known here how far others have got: "sent" would say that nobody has it. */
export function stateAt(
  position: number,
  history: Pick<ChatHistory, 'cursors'> | undefined,
  me: string,
): DeliveryState | undefined {
  if (!history) return undefined;
  const others = [...history.cursors.values()].filter(
    (cursor) => cursor.userId !== me && !passesOver(cursor, position),
  );
  if (others.some(({ readPosition }) => readPosition >= position)) return 'read';
  return others.some(({ deliveredPosition }) => deliveredPosition >= position) ? 'delivered' : 'sent';
}
