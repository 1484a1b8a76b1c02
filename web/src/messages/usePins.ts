import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useMessages } from './useMessages.ts';

const NONE: readonly Message[] = [];

/** The pinned messages of an open chat, the newest first; asked for when they are not known yet. */
export function usePins(chatId: ChatId): readonly Message[] {
  const { sync } = useMessages();
  const pins = useStore(sync.store, ({ histories }) => histories.get(chatId)?.pins);
  useEffect(() => {
    // Without a network there is no bar; the next opening asks again.
    if (pins === null) void sync.loadPins(chatId).catch(() => undefined);
  }, [sync, chatId, pins]);
  return pins ?? NONE;
}
