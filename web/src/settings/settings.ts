import { changedSettings, settingsRoutes, type SettingsChange } from '@dialog/shared/settings';
import type { ChatSync } from '../chats/chats.sync.ts';
import type { Call } from '../platform/api.ts';

/** What this person has chosen, as the list holds it (`ChatList.settings`); changed here. */
export interface SettingsActions {
  /** Seen at once, and undone when it rejects with an ApiError. */
  change(change: SettingsChange): Promise<void>;
}

export function createSettingsActions(call: Call, sync: ChatSync): SettingsActions {
  return {
    async change(change) {
      const settle = sync.guessSettings((settings) => changedSettings(settings, change));
      try {
        sync.learnPerson(await call(settingsRoutes.changeSettings, { body: change }));
      } finally {
        settle();
      }
    },
  };
}
