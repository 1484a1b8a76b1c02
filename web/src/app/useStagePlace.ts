import type { ChatId } from '@dialog/shared/contract/values';
import { useEffect, useRef } from 'react';
import { useCalls, useOwnCall } from '../calls/useCalls.ts';
import type { Place } from './router.ts';

/** As in Shell.module.css: chat and stage have room beside each other. */
const HAS_ROOM = '(min-width: 1000px)';

/** How the stage of a call stands to the pages: over them, beside its chat, or not there. */
export function useStagePlace(place: Place): 'over' | 'beside' | undefined {
  const { own } = useCalls();
  const chatId = useOwnCall(({ active }) => (active?.isStageOpen ? active.chatId : undefined));
  const isChatOpen = useOwnCall(({ active }) => active?.isChatOpen === true);
  const isThere = chatId !== undefined && isAt(place, chatId);
  const before = useRef(place);
  useEffect(() => {
    const hasMoved = before.current !== place;
    before.current = place;
    if (!hasMoved || chatId === undefined) return;
    // Who goes to the chat of the call sees both, who goes elsewhere has the call in its bar.
    if (isThere && matchMedia(HAS_ROOM).matches) own.showChat(true);
    else own.showStage(false);
  }, [place, chatId, isThere, own]);
  if (chatId === undefined) return undefined;
  return isChatOpen && isThere ? 'beside' : 'over';
}

function isAt(place: Place, chatId: ChatId): boolean {
  return place.name === 'chat' && place.chatId === chatId;
}
