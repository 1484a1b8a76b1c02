import type { PersonChanges } from '@dialog/shared/chats';
import type { UserId } from '@dialog/shared/contract/values';
import { changedSettings, DEFAULT_SETTINGS, Settings, type SettingsChange } from '@dialog/shared/settings';
import * as z from 'zod';
import type { PersonAct, PersonActs } from '../chats/chats.persons.ts';
import type { Tx } from '../platform/database.ts';
import type { SettingsRepository } from './settings.repository.ts';

const Section = z.optional(z.record(z.string(), z.unknown()));
const Stored = z.object({ appearance: Section, privacy: Section, notifications: Section, presence: Section });

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
        const before = opened((await repository.find(act.tx, [userId])).get(userId)?.body);
        const after = changedSettings(before, change);
        if (JSON.stringify(after) === JSON.stringify(before)) return null;
        await repository.save(act.tx, userId, { revision: act.revision, body: JSON.stringify(after) });
        follow = await changed(act, { userId, before, after });
        return { settings: after };
      });
      follow();
      return changes;
    },

    /** All of them, if they changed after this revision of the person. */
    async settingsSince(tx: Tx, userId: UserId, since: number): Promise<Settings | undefined> {
      const stored = (await repository.find(tx, [userId])).get(userId);
      return stored && stored.revision > since ? opened(stored.body) : undefined;
    },

    /** What each of these people has chosen. */
    async of(tx: Tx, userIds: readonly UserId[]): Promise<(userId: UserId) => Settings> {
      const stored = await repository.find(tx, [...new Set(userIds)]);
      return (userId) => opened(stored.get(userId)?.body);
    },
  };
}

/** Choices that came later, or that nobody can make any more, are as by default. */
function opened(body: string | undefined): Settings {
  if (body === undefined) return DEFAULT_SETTINGS;
  const stored = Stored.safeParse(JSON.parse(body));
  const whole = Settings.safeParse(changedSettings(DEFAULT_SETTINGS, stored.data ?? {}));
  return whole.data ?? DEFAULT_SETTINGS;
}
