import * as z from 'zod/mini';
import { NotificationLevel } from './chats.values.ts';
import { Timestamp } from './contract/values.ts';
import { isQuietAt, isTimeZone } from './quietHours.ts';

/** Whom a person lets do something. Who is blocked is never among them. */
export const Audience = z.enum(['everyone', 'friends', 'nobody']);
export type Audience = z.infer<typeof Audience>;

export const Theme = z.enum(['system', 'light', 'dark']);

/** A minute of the day, 0 to 1,439, in the person's time zone. */
const MinuteOfDay = z.int().check(z.minimum(0), z.maximum(1_439));

/** From `from` until `until`, over midnight when that is earlier, the whole day when it is the same: nothing rings, shows or is pushed. */
export const QuietHours = z.object({
  from: MinuteOfDay,
  until: MinuteOfDay,
  /** IANA, such as `Europe/Berlin`. */
  timeZone: z.string().check(z.maxLength(64), z.refine(isTimeZone, { error: 'no time zone' })),
});
export type QuietHours = z.infer<typeof QuietHours>;

export const SOUNDS = ['none', 'drop', 'chime', 'knock'] as const;

export const Appearance = z.object({
  theme: Theme,
  /** A language tag; null: as each device has it. */
  language: z.nullable(z.string().check(z.maxLength(35))),
});

/** Who may do what with this person. The server enforces each (PRODUCT 2). */
export const Privacy = z.object({
  /** Begin to write in a direct chat, and go on. */
  write: Audience,
  call: Audience,
  addToGroups: Audience,
  /** See when this person was last there, and whether they are there now. */
  lastSeen: Audience,
  /** Others see what this person has read. Off, and this person sees nobody's either. */
  readReceipts: z.boolean(),
  /** Found by the beginning of a name, where the operator opened the directory. */
  isListed: z.boolean(),
  /** Calls between two go through the server's relay, so that nobody learns this person's network address. */
  relaysCalls: z.boolean(),
});
export type Privacy = z.infer<typeof Privacy>;

/** What a person is told of when they are not looking. */
export const NotificationSettings = z.object({
  /** Of chats that have no level of their own. */
  direct: NotificationLevel,
  groups: NotificationLevel,
  reactions: z.boolean(),
  friendRequests: z.boolean(),
  calls: z.boolean(),
  /** Off: that there is something new, without who and what. */
  showsContent: z.boolean(),
  quietHours: z.nullable(QuietHours),
  sound: z.enum(SOUNDS),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

/** `automatic`: online or away, as their devices are used. `invisible`: offline to everyone else, everywhere. */
export const PresenceChoice = z.enum(['automatic', 'doNotDisturb', 'invisible']);
export type PresenceChoice = z.infer<typeof PresenceChoice>;

/** How a person wants to be seen, and be disturbed. */
export const PresenceSettings = z.object({
  choice: PresenceChoice,
  /** From then on it is automatic again; null: until they choose otherwise. */
  until: z.nullable(Timestamp),
});
export type PresenceSettings = z.infer<typeof PresenceSettings>;

/** What counts now (`now` in milliseconds). Whoever pushes, rings or tells of somebody asks this. */
export function presenceChosenAt({ choice, until }: PresenceSettings, now: number): PresenceChoice {
  return until !== null && Date.parse(until) <= now ? 'automatic' : choice;
}

/** What a person has chosen, the same on all their devices. */
export const Settings = z.object({
  appearance: Appearance,
  privacy: Privacy,
  notifications: NotificationSettings,
  presence: PresenceSettings,
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  appearance: { theme: 'system', language: null },
  privacy: {
    write: 'everyone',
    call: 'everyone',
    addToGroups: 'everyone',
    lastSeen: 'everyone',
    readReceipts: true,
    isListed: true,
    relaysCalls: false,
  },
  notifications: {
    direct: 'all',
    groups: 'all',
    reactions: false,
    friendRequests: true,
    calls: true,
    showsContent: true,
    quietHours: null,
    sound: 'drop',
  },
  presence: { choice: 'automatic', until: null },
};

/** Whether nothing at all rings, shows or is pushed for somebody now (in milliseconds). */
export function isUndisturbed(
  { notifications, presence }: Pick<Settings, 'notifications' | 'presence'>,
  now: number,
): boolean {
  return isQuietAt(notifications.quietHours, now) || presenceChosenAt(presence, now) === 'doNotDisturb';
}
