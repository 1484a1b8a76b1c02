import type { ChatChanges } from '@dialog/shared/chats';
import type { GroupSettings } from '@dialog/shared/chats.groups';
import type { SystemNote } from '@dialog/shared/messages';
import type { ChatAct } from './chats.acts.ts';
import type { ChatChange, Settings } from './chats.change.ts';
import { toChat } from './chats.sealed.ts';
import { requireGroupManager } from './chats.rights.ts';
import type { ChatService } from './chats.service.ts';

interface Deps {
  readonly chats: Pick<ChatService, 'changeChat'>;
}

export type Groups = ReturnType<typeof createGroups>;

/** What a group is like: its description and the rules of posting, which the message writer holds under its lock. */
export function createGroups({ chats }: Deps) {
  return {
    /** What stays as it was is not noted. */
    async change(act: ChatAct, settings: GroupSettings): Promise<ChatChanges> {
      const { changes } = await chats.changeChat(act, async (change) => {
        requireGroupManager(change);
        const before = settingsOf(change);
        const after = {
          description: settings.description ?? before.description,
          isAnnouncementOnly: settings.isAnnouncementOnly ?? before.isAnnouncementOnly,
          slowModeSeconds: settings.slowModeSeconds ?? before.slowModeSeconds,
        };
        const notes = notesOf(before, after);
        if (notes.length === 0) return;
        change.setSettings(after);
        // oxlint-disable-next-line no-await-in-loop -- one after the other: each takes a revision
        for (const note of notes) await change.note(note);
      });
      return changes;
    },
  };
}

function settingsOf(change: ChatChange): Settings {
  const { description = '', isAnnouncementOnly = false, slowModeSeconds = 0 } = toChat(change.chat(), change.key);
  return { description, isAnnouncementOnly, slowModeSeconds };
}

function notesOf(before: Settings, { description, isAnnouncementOnly, slowModeSeconds }: Settings): SystemNote[] {
  const notes: SystemNote[] = [];
  if (description !== before.description) notes.push({ what: 'descriptionChanged', isEmpty: description === '' });
  if (isAnnouncementOnly !== before.isAnnouncementOnly)
    notes.push({ what: 'announcementOnlyChanged', isOn: isAnnouncementOnly });
  if (slowModeSeconds !== before.slowModeSeconds) notes.push({ what: 'slowModeChanged', seconds: slowModeSeconds });
  return notes;
}
