import { clearingRoutes } from '@dialog/shared/chats.clearing';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Call } from '../platform/api.ts';
import type { ChatSync } from './chats.sync.ts';

/** Letting go of a chat's history. Each rejects with an ApiError and changes nothing then. */
export interface ClearingActions {
  /** All that this device knows of; what comes meanwhile stays. */
  forMe(chatId: ChatId): Promise<void>;
  forEveryone(chatId: ChatId): Promise<void>;
}

export function createClearingActions(call: Call, sync: ChatSync): ClearingActions {
  return {
    async forMe(chatId) {
      const position = sync.store.getState().list.chats.get(chatId)?.summary.revision ?? 0;
      sync.learnPerson(await call(clearingRoutes.clearForMe, { params: { chatId }, body: { position } }));
    },
    async forEveryone(chatId) {
      sync.learn(await call(clearingRoutes.clearForEveryone, { params: { chatId } }));
    },
  };
}
