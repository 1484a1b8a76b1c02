import type { CallId, ChatId } from '@dialog/shared/contract/values';
import type { ChatSync } from '../../chats/chats.sync.ts';
import type { Clock } from '../../platform/clock.ts';
import { openCall } from '../openCall.ts';
import type { OwnCall } from '../own/ownCall.ts';

interface Accepted {
  readonly chatId: ChatId;
  readonly callId: CallId;
  /** Without another press: only what somebody pressed, and no address, turns their microphone on. */
  readonly isAtOnce: boolean;
}

interface Deps {
  readonly own: Parameters<typeof openCall>[0] & Pick<OwnCall, 'closeLobby' | 'join'>;
  /** Takes the call for this device; false: another of mine was first, or it is over. */
  readonly claim: (callId: CallId) => Promise<boolean>;
  readonly chats: Pick<ChatSync, 'store'>;
  readonly clock: Pick<Clock, 'after'>;
}

/** A page that has just begun hears of its chats within this time. */
const KNOWN_WITHIN_MS = 10_000;

/** A call was accepted in a notification: into it, or to its door, if it still goes on. Never begins another one. */
export function acceptCall({ own, claim, chats, clock }: Deps, { chatId, callId, isAtOnce }: Accepted): void {
  if (enter()) return;
  const stop = chats.store.subscribe(() => enter() && over());
  const cancel = clock.after(KNOWN_WITHIN_MS, stop);

  function over(): void {
    stop();
    cancel();
  }

  function enter(): boolean {
    if (chats.store.getState().list.chats.get(chatId)?.summary.chat.call?.id !== callId) return false;
    if (!isAtOnce) own.openLobby(chatId);
    else {
      // Nobody has seen themselves yet: the camera waits for a press of its own.
      openCall(own, { chatId, hasCamera: false });
      void goIn();
    }
    return true;
  }

  async function goIn(): Promise<void> {
    const isMine = await claim(callId);
    // Whoever has turned to another door meanwhile stays there.
    if (own.store.getState().lobby?.chatId !== chatId) return;
    if (isMine) own.join();
    else own.closeLobby();
  }
}
