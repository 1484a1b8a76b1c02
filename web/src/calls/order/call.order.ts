import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import type { CallModerated } from '@dialog/shared/calls.moderation.values';
import type { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../../platform/api.ts';
import type { Socket } from '../../platform/socket.ts';
import type { ActiveCall, CallState } from '../call.store.ts';
import type { LocalMedia } from '../devices/local.media.ts';

/** What somebody did in my call, to be said; and in which chat, since the call may be over by then. */
export type OrderNote = Pick<CallModerated, 'by' | 'act'> & { readonly chatId: ChatId };

export interface CallOrderState {
  /** Who muted me, as long as I am. */
  readonly mutedBy: UserId | null;
  /** Who asks me to unmute, until I have decided. */
  readonly askedBy: UserId | null;
  /** Who was removed from the call and can be let back in; known to those who may do that. */
  readonly removed: readonly UserId[];
}

const NOTHING: CallOrderState = { mutedBy: null, askedBy: null, removed: [] };

interface Deps {
  readonly me: UserId;
  readonly call: Call;
  readonly socket: Pick<Socket, 'on'>;
  readonly own: {
    readonly store: Pick<StoreApi<CallState>, 'getState' | 'subscribe'>;
    readonly media: Pick<LocalMedia, 'want'> & {
      readonly store: Pick<LocalMedia['store'], 'getState' | 'subscribe'>;
    };
    readonly dismissEnd: () => void;
  };
}

export type CallOrder = ReturnType<typeof createCallOrder>;

/**
 * What those who keep order do in my call, to be said; that I am silent then is the call's own matter (own.silences.ts).
 * Being muted is mine to undo, and nothing ever unmutes me.
 */
export function createCallOrder({ me, call, socket, own }: Deps) {
  const store = createStore<CallOrderState>(() => NOTHING);
  const hearers = new Set<(note: OrderNote) => void>();
  let callId: CallId | null = null;
  /** Said with its author in place of the plain sentence that the call is over. */
  let ending: OrderNote | null = null;

  socket.on('callModerated', (told) => {
    const { active, held } = own.store.getState();
    const mine = [active, held].find((one) => one?.callId === told.callId);
    if (mine) take(mine, told);
  });
  own.store.subscribe(({ active, ended }) => {
    if (ended && ending?.chatId === ended.chatId) sayEnding(ending);
    if (active?.callId === callId) return;
    callId = active?.callId ?? null;
    store.setState(NOTHING);
  });
  own.media.store.subscribe(({ microphone }) => {
    const { mutedBy, askedBy } = store.getState();
    if (microphone.isWanted && (mutedBy ?? askedBy) !== null) store.setState({ mutedBy: null, askedBy: null });
  });

  function take({ chatId, callId: id }: ActiveCall, { by, act }: CallModerated): void {
    const note = { by, act, chatId };
    const isAboutMe = 'userId' in act && act.userId === me;
    if (act.what === 'ended' || (act.what === 'removed' && isAboutMe)) {
      ending = note;
      return;
    }
    if (id === callId) follow(note, isAboutMe);
    for (const hear of hearers) hear(note);
  }

  function follow({ by, act }: OrderNote, isAboutMe: boolean): void {
    const { removed } = store.getState();
    if (act.what === 'removed')
      store.setState({ removed: [...removed.filter((one) => one !== act.userId), act.userId] });
    if (act.what === 'admittedAgain') store.setState({ removed: removed.filter((one) => one !== act.userId) });
    if (!isAboutMe) return;
    if (act.what === 'askedToUnmute' && !own.media.store.getState().microphone.isWanted)
      store.setState({ askedBy: by });
    if (act.what === 'muted' && act.source === 'microphone') store.setState({ mutedBy: by, askedBy: null });
  }

  function sayEnding(note: OrderNote): void {
    ending = null;
    own.dismissEnd();
    for (const hear of hearers) hear(note);
  }

  return {
    store,
    /** Answers how to stop. */
    onNote(hear: (note: OrderNote) => void): () => void {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    unmute: () => own.media.want('microphone', true),
    stayMuted: () => store.setState({ askedBy: null }),
    /** For those who may let people back in. Never rejects: what is told later completes it. */
    async loadRemoved(id: CallId): Promise<void> {
      const answer = await call(callModerationRoutes.listCallRemovals, { params: { callId: id } }).catch(() => null);
      if (answer && id === callId) store.setState({ removed: answer.userIds });
    },
  };
}
