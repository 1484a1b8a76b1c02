import type { UserId } from '@dialog/shared/contract/values';
import type { Presence } from '@dialog/shared/presence';
import type { StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Socket } from '../platform/socket.ts';
import type { Storage } from '../platform/storage.ts';
import { type ArrangingActions, createArrangingActions } from './chats.arranging.actions.ts';
import { type ChatActions, createChatActions } from './chats.actions.ts';
import { keepListCopies, readListCopy } from './chats.copies.ts';
import { type ChatSync, createChatSync } from './chats.sync.ts';
import { type ClearingActions, createClearingActions } from './clearing.actions.ts';
import { createGroupActions, type GroupActions } from './groups.actions.ts';

/** How people are, told by the presence feature; they have to be watched to be known. */
export interface Onlookers {
  readonly store: StoreApi<ReadonlyMap<UserId, Presence>>;
  /** Answers how to stop watching. */
  watch(userIds: readonly UserId[]): () => void;
}

/** Everything about chats of one signed-in person. */
export interface Chats {
  readonly me: UserId;
  readonly sync: ChatSync;
  readonly actions: ChatActions;
  readonly arranging: ArrangingActions;
  readonly groups: GroupActions;
  readonly clearing: ClearingActions;
  readonly presences: Onlookers;
  stop(): void;
}

interface ChatsDeps {
  readonly me: UserId;
  readonly call: Call;
  readonly socket: Socket;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly presences: Onlookers;
}

export function createChats({ me, call, socket, storage, clock, presences }: ChatsDeps): Chats {
  const sync = createChatSync({ me, call, socket, clock });
  void readListCopy(storage).then((list) => list && sync.restore(list));
  if (socket.isConnected()) void sync.level();
  const stopCopies = keepListCopies({ sync, storage, clock });
  return {
    me,
    sync,
    actions: createChatActions(call, sync),
    arranging: createArrangingActions(call, sync),
    groups: createGroupActions(call, sync),
    clearing: createClearingActions(call, sync),
    presences,
    stop() {
      stopCopies();
      sync.stop();
    },
  };
}
