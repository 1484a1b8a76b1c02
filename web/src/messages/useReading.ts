import type { ChatSummary } from '@dialog/shared/chats';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSummary } from '../chats/useChats.ts';
import type { ChatHistory } from './messages.store.ts';
import { indexAt } from './messages.stretch.ts';
import type { Row } from './rows.ts';
import { useMessages } from './useMessages.ts';
import type { Scroll } from './useScroll.ts';

interface ReadingInput {
  readonly history: ChatHistory;
  readonly rows: readonly Row[];
  readonly scroll: Scroll;
}

interface Below {
  /** Other people's texts that were not seen yet. */
  readonly count: number;
  /** Seen on this device, whether or not the server knows. */
  readonly readPosition: number;
  onScroll(): void;
}

/** Long kept at the bottom, a chat need not hold all that went by. */
const TRIM_ABOVE = 1_000;

/** What is in view of a page that is looked at is read. */
export function useReading({ history, rows, scroll }: ReadingInput): Below {
  const { me, receipts, threadReceipts, sync } = useMessages();
  const { chatId, messages, thread } = history;
  const summary = useSummary(chatId);
  const readHere = useStore(receipts.store, (reads) => reads.get(chatId) ?? 0);
  const ofThread = useThreadReading(history, summary);
  const readPosition = ofThread ? ofThread.readPosition : Math.max(readHere, summary?.readPosition ?? 0);

  function look(): void {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    const inView = scroll.inView();
    if (!inView) return;
    const position = positionAt(rows, inView.last);
    if (thread === null) {
      if (position > readPosition) receipts.read(chatId, position);
    } else if (ofThread?.isTold(position)) threadReceipts.read(chatId, thread, position);
  }

  useEffect(() => {
    const frame = requestAnimationFrame(look);
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener('focus', look, { signal });
    document.addEventListener('visibilitychange', look, { signal });
    return () => {
      cancelAnimationFrame(frame);
      ending.abort();
    };
  });

  const isLong = thread === null && messages.length > TRIM_ABOVE && scroll.isAtBottom;
  useEffect(() => {
    if (isLong) sync.trim(chatId);
  }, [isLong, sync, chatId]);

  const unseen = messages.slice(indexAt(messages, readPosition + 1));
  return {
    count: unseen.filter(
      ({ senderId, content, position }) =>
        position !== thread && senderId !== me && (content.kind === 'text' || content.kind === 'poll'),
    ).length,
    readPosition,
    onScroll: look,
  };
}

/** How far a thread is read, and whether anybody is to be told; null in the conversation itself. */
function useThreadReading(
  { thread, marks }: ChatHistory,
  summary: ChatSummary | undefined,
): { readonly readPosition: number; isTold(position: number): boolean } | null {
  // What stood there when it was opened is nothing that came.
  const [openedAt] = useState(() => summary?.revision ?? 0);
  if (thread === null) return null;
  const { isFollowing = false, readPosition = openedAt } = marks.get(thread)?.thread ?? {};
  const calls = summary?.threadMentions.filter((one) => one.thread === thread) ?? [];
  return {
    readPosition,
    isTold: (position) => (isFollowing && position > readPosition) || calls.some((one) => one.position <= position),
  };
}

/** The position of the last durable message at or above a row. */
function positionAt(rows: readonly Row[], index: number): number {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at -= 1) {
    const row = rows[at];
    if (row && (row.kind === 'text' || row.kind === 'system') && row.position !== null) return row.position;
  }
  return 0;
}
