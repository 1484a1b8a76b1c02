import {
  Appearance,
  changedSettings,
  DEFAULT_SETTINGS,
  NotificationSettings,
  PresenceSettings,
  Privacy,
  type Settings,
  type SettingsChange,
} from '@dialog/shared/settings';
import * as z from 'zod/mini';

const Choices = z.record(z.string(), z.unknown());
type Choices = z.infer<typeof Choices>;

/**
 * What somebody chose, as JSON. A choice that came later, or that nobody can make any more, is as by default, and that
 * one alone: another version of the server must not open what somebody closed.
 */
export function openedSettings(body: string | undefined): Settings {
  const stored = sectionsIn(body);
  return changedSettings(DEFAULT_SETTINGS, {
    appearance: readable(Appearance, stored['appearance']),
    privacy: readable(Privacy, stored['privacy']),
    notifications: readable(NotificationSettings, stored['notifications']),
    presence: readable(PresenceSettings, stored['presence']),
  });
}

/** With this chosen as well. What another version wrote stays for that version. */
export function changedBody(body: string | undefined, change: SettingsChange): string {
  const stored = sectionsIn(body);
  const changed = Object.entries(change).map(([name, choices]) => [name, { ...choicesIn(stored[name]), ...choices }]);
  return JSON.stringify({ ...stored, ...Object.fromEntries(changed) });
}

function sectionsIn(body: string | undefined): Choices {
  return body === undefined ? {} : choicesIn(JSON.parse(body));
}

function choicesIn(value: unknown): Choices {
  return z.safeParse(Choices, value).data ?? {};
}

function readable({ shape }: { readonly shape: Readonly<Record<string, z.ZodMiniType>> }, stored: unknown): object {
  const choices = choicesIn(stored);
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, kind]) => {
      const { success, data } = z.safeParse(kind, choices[name]);
      return success ? [[name, data]] : [];
    }),
  );
}
