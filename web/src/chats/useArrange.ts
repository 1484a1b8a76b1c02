import type { ChatId } from '@dialog/shared/contract/values';
import { useEffect } from 'react';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';
import { useChats, useSummary } from './useChats.ts';

/** Runs an act that is seen at once; when it fails it is undone, and said why. */
export function useArrange(): (work: Promise<unknown>) => void {
  const errorText = useErrorText();
  return (work) => void work.catch((failure: unknown) => toast(errorText(failure), { kind: 'danger' }));
}

/** A chat that is opened is not marked as unread any more; one that is marked while it is open stays so. */
export function useSeen(chatId: ChatId): void {
  const { arranging, sync } = useChats();
  const isListed = useSummary(chatId) !== undefined;
  useEffect(() => {
    const place = isListed ? sync.store.getState().list.chats.get(chatId)?.summary.place : undefined;
    // Offline the mark stays, and goes when the chat is opened again.
    if (place?.isMarkedUnread) void arranging.markUnread(chatId, false).catch(() => undefined);
  }, [arranging, chatId, isListed, sync]);
}
