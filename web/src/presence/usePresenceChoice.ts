import type { PresenceSettings } from '@dialog/shared/settings.values';
import { useStore } from 'zustand';
import type { ChatSync } from '../chats/chats.sync.ts';
import { useIsOver } from '../platform/useIsOver.ts';

/** How one wants to be seen now; what was chosen for a time ends by itself. */
export function usePresenceChoice({ store }: Pick<ChatSync, 'store'>): PresenceSettings {
  const chosen = useStore(store, ({ list }) => list.settings.presence);
  return useIsOver(chosen.until ?? undefined) ? AUTOMATIC : chosen;
}

const AUTOMATIC: PresenceSettings = { choice: 'automatic', until: null };
