import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import type { Settings, SettingsChange } from '@dialog/shared/settings';
import type { PersonAct, PersonActs } from '../chats/chats.persons.ts';
import type { Tx } from '../platform/database.ts';
import type { SettingsRepository } from './settings.repository.ts';
import { changedBody, openedSettings } from './settings.stored.ts';

export interface SettingsDeps {
  readonly repository: SettingsRepository;
  readonly changePerson: PersonActs;
  /** In the transaction of a change: what follows from it elsewhere. Answers what to do after its commit (R8). */
  readonly changed: (act: PersonAct, change: SettingsChanged) => Promise<() => void>;
}

export interface SettingsChanged {
  readonly userId: UserId;
  readonly before: Settings;
  readonly after: Settings;
}

export type SettingsService = ReturnType<typeof createSettings>;

/** What people have chosen. Whoever never chose anything has no row, and the defaults. */
export function createSettings({ repository, changePerson, changed }: SettingsDeps) {
  return {
    async changeSettings(userId: UserId, change: SettingsChange): Promise<PersonChanges> {
      let follow = (): void => undefined;
      const changes = await changePerson(userId, async (act) => {
        const stored = (await repository.find(act.tx, [userId])).get(userId)?.body;
        const body = changedBody(stored, change);
        const [before, after] = [openedSettings(stored), openedSettings(body)];
        if (JSON.stringify(after) === JSON.stringify(before)) return null;
        await repository.save(act.tx, userId, { revision: act.revision, body });
        follow = await changed(act, { userId, before, after });
        return { settings: after };
      });
      follow();
      return changes;
    },

    /** All of them, if they changed after this revision of the person. */
    async settingsSince(tx: Tx, userId: UserId, since: number): Promise<Settings | undefined> {
      const stored = (await repository.find(tx, [userId])).get(userId);
      return stored && stored.revision > since ? openedSettings(stored.body) : undefined;
    },

    /** What each of these people has chosen. */
    async of(tx: Tx, userIds: readonly UserId[]): Promise<(userId: UserId) => Settings> {
      const stored = await repository.find(tx, [...new Set(userIds)]);
      return (userId) => openedSettings(stored.get(userId)?.body);
    },
  };
}
