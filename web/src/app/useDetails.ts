import type { ChatId } from '@dialog/shared/contract/values';
import { useState } from 'react';
import { keep, kept } from '../platform/keepsakes.ts';
import type { Place } from './router.ts';

export interface Details {
  /** Beside which chat something is shown. */
  readonly chatId: ChatId | undefined;
  readonly what: 'details' | 'search';
  readonly toggle: () => void;
  readonly toggleSearch: () => void;
  /** Where it lies over the conversation it goes, so that one sees that. */
  readonly uncover: () => void;
  /** Answers whether there was anything to close. */
  readonly close: () => boolean;
}

/** Where the third pane has a place of its own; on narrower screens it lies over the conversation. */
const HAS_ROOM = '(min-width: 1200px)';

/** On a wide screen the pane stays as it was left, from chat to chat and over reloads. */
export function useDetails(place: Place): Details {
  const [isOpen, setOpen] = useState(() => kept('details') === 'open' && matchMedia(HAS_ROOM).matches);
  const [isSearch, setSearch] = useState(false);
  const chatId = isOpen && place.name === 'chat' ? place.chatId : undefined;

  function show(next: boolean, search = false): void {
    setOpen(next);
    setSearch(search);
    keep('details', next && !search ? 'open' : null);
  }

  return {
    chatId,
    what: isSearch ? 'search' : 'details',
    toggle: () => show(!isOpen || isSearch),
    toggleSearch: () => show(!isOpen || !isSearch, true),
    uncover() {
      if (!matchMedia(HAS_ROOM).matches) show(false);
    },
    close() {
      if (chatId) show(false);
      return chatId !== undefined;
    },
  };
}
