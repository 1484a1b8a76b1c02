import * as z from 'zod/mini';
import { PersonChanges } from './chats.ts';
import { defineRoutes } from './contract/routes.ts';
import { Appearance, NotificationSettings, PresenceSettings, Privacy, type Settings } from './settings.values.ts';

export {
  Appearance,
  Audience,
  DEFAULT_SETTINGS,
  NotificationSettings,
  PresenceChoice,
  presenceChosenAt,
  PresenceSettings,
  Privacy,
  QuietHours,
  Settings,
  SOUNDS,
} from './settings.values.ts';

function namesSomething(change: object): boolean {
  return Object.keys(change).length > 0;
}

/** What is not named stays, so that two devices that change different things do not undo each other. */
export const SettingsChange = z.object({
  appearance: z.optional(z.partial(Appearance).check(z.refine(namesSomething))),
  privacy: z.optional(z.partial(Privacy).check(z.refine(namesSomething))),
  notifications: z.optional(z.partial(NotificationSettings).check(z.refine(namesSomething))),
  /** Whole: how long is part of what. */
  presence: z.optional(PresenceSettings),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

export function changedSettings(
  settings: Settings,
  change: { readonly [Section in keyof Settings]?: object | undefined },
): Settings {
  return {
    appearance: { ...settings.appearance, ...change.appearance },
    privacy: { ...settings.privacy, ...change.privacy },
    notifications: { ...settings.notifications, ...change.notifications },
    presence: { ...settings.presence, ...change.presence },
  };
}

/** Read with the chat list (`syncChats`), and told with it. */
export const settingsRoutes = defineRoutes({
  changeSettings: {
    summary: 'Changes what I have chosen, on all my devices. What is not named stays.',
    method: 'PATCH',
    path: '/settings',
    access: 'session',
    carriers: 'both',
    limits: ['change'],
    body: SettingsChange,
    reply: PersonChanges,
    errors: [],
  },
});
