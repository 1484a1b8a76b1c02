import type { PeerMessage } from '@dialog/shared/calls.peers';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import type { ActiveCall } from '../call.store.ts';
import { userOf } from '../transport/identity.ts';
import type { SessionDeps } from './sessionDeps.ts';

/** A call in which another one goes on. */
export type Going = Pick<ActiveCall, 'chatId' | 'callId' | 'isSealed'>;

/** The word of it may come before the chat does. */
const LISTED_WITHIN_MS = 10_000;
/** The others come along a little later, and until then hear me where we were. */
const LEAVES_AFTER_MS = 8_000;

interface Deps extends Pick<SessionDeps, 'chats' | 'clock'> {
  /** `ledBy`: who began that call; null: I. Rejects where there is no way into it. */
  readonly goOn: (next: Going, ledBy: UserId | null) => Promise<void>;
  /** To everyone in the call, by all ways that stand. */
  readonly tell: (message: PeerMessage) => void;
  readonly leave: (callId: CallId) => void;
  /** Whether I go where this person leads. */
  readonly mayLead: (userId: UserId) => boolean;
}

/**
 * A call goes on in another chat, when more people are to be in it than its own has: one begins a call there and leads, the
 * others follow without a press, and all leave the first one when they have arrived.
 */
export function createOwnGoingOn({ chats, clock, goOn, tell, leave, mayLead }: Deps) {
  let behind: CallId | null = null;
  let stopTimer: (() => void) | undefined;
  let giveUp = (): void => {};

  /** The call that is named, once this device knows its chat; of several the last one. */
  async function untilListed({ chatId, callId }: Pick<Going, 'chatId' | 'callId'>) {
    const listed = () => {
      const call = chats.store.getState().list.chats.get(chatId)?.summary.chat.call;
      return call?.id === callId ? call : null;
    };
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof listed>>();
    giveUp();
    giveUp = () => resolve(null);
    const look = (): void => void (listed() && resolve(listed()));
    const stopLooking = chats.store.subscribe(look);
    const stopWaiting = clock.after(LISTED_WITHIN_MS, () => resolve(null));
    look();
    const call = await promise;
    stopLooking();
    stopWaiting();
    return call;
  }

  function end(): void {
    stopTimer?.();
    if (behind) leave(behind);
    behind = null;
  }

  return {
    async lead(next: Going): Promise<void> {
      await goOn(next, null);
      tell({ kind: 'goOn', chatId: next.chatId, callId: next.callId });
    },
    /** Only after whoever began the other call, and only into a chat in which I am. */
    async follow(identity: string, to: Pick<Going, 'chatId' | 'callId'>): Promise<void> {
      const { chatId, callId } = to;
      if (!mayLead(userOf(identity))) return;
      const call = await untilListed(to);
      if (call === null || call.startedBy !== userOf(identity) || !mayLead(call.startedBy)) return;
      // Where there is no way in the call of the two stays, and the other chat shows the one that I can join.
      await goOn({ chatId, callId, isSealed: call.isSealed === true }, call.startedBy).catch(() => {});
    },
    /** On the way to where the call goes on; null: it stays here. */
    leaves(from: CallId | null): void {
      if (from !== null) end();
      behind = from;
    },
    /** It goes on there. */
    went(): void {
      stopTimer = clock.after(LEAVES_AFTER_MS, end);
    },
    /** Whoever hangs up, on the way too, is in none of them. */
    end,
  };
}
