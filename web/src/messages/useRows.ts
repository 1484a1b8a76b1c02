import type { ChatSummary } from '@dialog/shared/chats';
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
  const { chatId, marks, cursors, detour, thread } = history;
  const isHere = (one: { readonly chatId: ChatId; readonly thread?: number | undefined }): boolean =>
    one.chatId === chatId && (one.thread ?? null) === thread;
  const items = useStore(
    outbox.store,
    useShallow((state) => state.items.filter(isHere)),
  );
  const landed = useStore(
    outbox.store,
    useShallow((state) => [...state.landed.values()].filter(isHere)),
  );
  const newAfter = useNewAfter(history);
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
function useNewAfter(history: ChatHistory): number | null {
  const summary = useSummary(history.chatId);
  const [newAfter] = useState(() => (history.thread === null ? newAfterIn(summary) : newAfterInThread(history)));
  return newAfter;
}

function newAfterIn(summary: ChatSummary | undefined): number | null {
  return summary && summary.unreadCount > 0 ? summary.readPosition : null;
}

/** Null as well where nothing of it was ever read: all of it is new then. */
function newAfterInThread({ thread, marks, messages }: ChatHistory): number | null {
  const own = marks.get(thread ?? 0)?.thread;
  if (!own?.isFollowing || own.readPosition === 0) return null;
  const newest = messages.at(-1)?.position ?? 0;
  return newest > own.readPosition ? own.readPosition : null;
}
