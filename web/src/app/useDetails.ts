import type { ChatId } from '@dialog/shared/contract/values';
import { useState } from 'react';
import { keep, kept } from '../platform/keepsakes.ts';
import type { Place } from './router.ts';

export interface Details {
  /** Whose details are shown. */
  readonly chatId: ChatId | undefined;
  readonly toggle: () => void;
  /** Answers whether there was anything to close. */
  readonly close: () => boolean;
}

/** Where the third pane has a place of its own; on narrower screens it lies over the conversation. */
const HAS_ROOM = '(min-width: 1200px)';

/** On a wide screen the pane stays as it was left, from chat to chat and over reloads. */
export function useDetails(place: Place): Details {
  const [isOpen, setOpen] = useState(() => kept('details') === 'open' && matchMedia(HAS_ROOM).matches);
  const chatId = isOpen && place.name === 'chat' ? place.chatId : undefined;

  function show(next: boolean): void {
    setOpen(next);
    keep('details', next ? 'open' : null);
  }

  return {
    chatId,
    toggle: () => show(!isOpen),
    close() {
      if (chatId) show(false);
      return chatId !== undefined;
    },
  };
}
