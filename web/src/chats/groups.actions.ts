import { groupRoutes, type GroupSettings } from '@dialog/shared/chats.groups';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Call } from '../platform/api.ts';
import type { ChatSync } from './chats.sync.ts';

/** What owners and admins do to a group. Each rejects with an ApiError and changes nothing then. */
export interface GroupActions {
  change(chatId: ChatId, settings: GroupSettings): Promise<void>;
}

export function createGroupActions(call: Call, sync: ChatSync): GroupActions {
  return {
    async change(chatId, settings) {
      sync.learn(await call(groupRoutes.changeGroup, { params: { chatId }, body: settings }));
    },
  };
}
