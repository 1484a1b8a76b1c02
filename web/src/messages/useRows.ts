import type { ChatId } from '@dialog/shared/contract/values';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useSummary } from '../chats/useChats.ts';
import type { ChatHistory } from './messages.store.ts';
import { createRowBuilder, type Row } from './rows.ts';
import { useMessages } from './useMessages.ts';

const NOTHING: readonly never[] = [];

/** The rows of an open chat; a row that did not change stays the same object. */
export function useRows(history: ChatHistory): readonly Row[] {
  const { me, outbox } = useMessages();
  const { chatId, marks, cursors, detour } = history;
  const items = useStore(
    outbox.store,
    useShallow((state) => state.items.filter((item) => item.chatId === chatId)),
  );
  const landed = useStore(
    outbox.store,
    useShallow((state) => [...state.landed.values()].filter((message) => message.chatId === chatId)),
  );
  const newAfter = useNewAfter(chatId);
  const [build] = useState(createRowBuilder);
  const isAway = detour !== null;
  return build({
    chatId,
    me,
    messages: detour?.messages ?? history.messages,
    marks,
    // What is newest is not where the reader is.
    items: isAway ? NOTHING : items,
    landed: isAway ? NOTHING : landed,
    cursors,
    newAfter,
  });
}

/** Where reading begins in this sitting; it does not move while one reads. Null when nothing was unread. */
function useNewAfter(chatId: ChatId): number | null {
  const summary = useSummary(chatId);
  const [newAfter] = useState(() => (summary && summary.unreadCount > 0 ? summary.readPosition : null));
  return newAfter;
}
