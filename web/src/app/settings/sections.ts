import {
  Bell,
  CircleUserRound,
  EyeOff,
  Info,
  Keyboard,
  Languages,
  type LucideIcon,
  MonitorSmartphone,
  Palette,
  ShieldCheck,
} from 'lucide-react';
import { type ComponentType } from 'react';
import { lazy } from '../../platform/late.ts';
import { SECTION_IDS, type SectionId } from './sectionIds.ts';
import type { WordKey } from './useWords.ts';

/** One thing that can be set, as the search finds it. */
export interface SettingEntry {
  /** Of the place on the page: `<Section anchor>` or `<Setting anchor>`; letters only. */
  readonly anchor: string;
  readonly title: WordKey;
  /** Other words that people look for it by. */
  readonly alsoFoundBy?: WordKey;
}

export interface SettingsSection {
  readonly id: SectionId;
  readonly icon: LucideIcon;
  readonly title: WordKey;
  /** Where what begins. */
  readonly text: WordKey;
  readonly entries: readonly SettingEntry[];
  /** Nothing of a section is there before it is opened: `XHere.tsx` joins the session with what a feature brings. */
  readonly Content: ComponentType;
}

/**
 * Everything one can set. A feature joins its section here: its name in `sectionIds.ts`, one object, a `XHere.tsx` beside
 * this file, the words in a catalogue that comes late (`words.late.*.ts`).
 */
const PARTS: Readonly<Record<SectionId, Omit<SettingsSection, 'id'>>> = {
  profile: {
    icon: CircleUserRound,
    title: 'settings:profile',
    text: 'settings:profileText',
    entries: [
      { anchor: 'picture', title: 'profile:face', alsoFoundBy: 'settings:pictureFoundBy' },
      { anchor: 'status', title: 'profile:status', alsoFoundBy: 'settings:statusFoundBy' },
      { anchor: 'presence', title: 'presence:title', alsoFoundBy: 'settings:presenceFoundBy' },
      { anchor: 'displayName', title: 'profile:displayName', alsoFoundBy: 'settings:namesFoundBy' },
      { anchor: 'description', title: 'profile:bio', alsoFoundBy: 'settings:bioFoundBy' },
      { anchor: 'userName', title: 'profile:userName', alsoFoundBy: 'settings:userNameFoundBy' },
      { anchor: 'invite', title: 'devices:inviteByMail', alsoFoundBy: 'devices:inviteByMailFoundBy' },
    ],
    Content: lazy(async () => ({ default: (await import('./ProfileHere.tsx')).ProfileHere })),
  },
  security: {
    icon: ShieldCheck,
    title: 'settings:security',
    text: 'settings:securityText',
    entries: [
      { anchor: 'email', title: 'devices:emailSection', alsoFoundBy: 'devices:emailFoundBy' },
      { anchor: 'password', title: 'auth:passwordSection', alsoFoundBy: 'settings:passwordFoundBy' },
      { anchor: 'totp', title: 'proofs:totpSection', alsoFoundBy: 'proofs:totpFoundBy' },
      { anchor: 'passkeys', title: 'proofs:passkeySection', alsoFoundBy: 'proofs:passkeyFoundBy' },
      { anchor: 'recovery', title: 'proofs:recoverySection', alsoFoundBy: 'proofs:recoveryFoundBy' },
    ],
    Content: lazy(async () => ({ default: (await import('./SecurityHere.tsx')).SecurityHere })),
  },
  devices: {
    icon: MonitorSmartphone,
    title: 'settings:devices',
    text: 'settings:devicesText',
    entries: [
      { anchor: 'link', title: 'devices:linkOther', alsoFoundBy: 'devices:linkOtherFoundBy' },
      { anchor: 'sessions', title: 'devices:sessions', alsoFoundBy: 'settings:sessionsFoundBy' },
      { anchor: 'history', title: 'devices:history', alsoFoundBy: 'devices:historyFoundBy' },
    ],
    Content: lazy(async () => ({ default: (await import('./DevicesHere.tsx')).DevicesHere })),
  },
  privacy: {
    icon: EyeOff,
    title: 'settings:privacy',
    text: 'settings:privacyText',
    entries: [
      { anchor: 'write', title: 'people:privacy_write', alsoFoundBy: 'settings:writeFoundBy' },
      { anchor: 'call', title: 'people:privacy_call' },
      { anchor: 'addToGroups', title: 'people:privacy_addToGroups', alsoFoundBy: 'settings:addToGroupsFoundBy' },
      { anchor: 'lastSeen', title: 'people:privacy_lastSeen', alsoFoundBy: 'settings:lastSeenFoundBy' },
      { anchor: 'readReceipts', title: 'people:receipts', alsoFoundBy: 'settings:receiptsFoundBy' },
      { anchor: 'relaysCalls', title: 'people:relaysCalls', alsoFoundBy: 'settings:relaysCallsFoundBy' },
      { anchor: 'listed', title: 'people:listed', alsoFoundBy: 'settings:listedFoundBy' },
      { anchor: 'blockedPeople', title: 'people:blockedPeople', alsoFoundBy: 'settings:blockedFoundBy' },
    ],
    Content: lazy(async () => ({ default: (await import('./PrivacyHere.tsx')).PrivacyHere })),
  },
  notifications: {
    icon: Bell,
    title: 'settings:notifications',
    text: 'settings:notificationsText',
    entries: [
      { anchor: 'device', title: 'push:onThisDevice', alsoFoundBy: 'settings:deviceFoundBy' },
      { anchor: 'what', title: 'push:tellTitle', alsoFoundBy: 'settings:whatFoundBy' },
      { anchor: 'content', title: 'push:showsContent', alsoFoundBy: 'settings:contentFoundBy' },
      { anchor: 'quiet', title: 'push:quietHours', alsoFoundBy: 'settings:quietFoundBy' },
      { anchor: 'sound', title: 'push:sound', alsoFoundBy: 'settings:soundFoundBy' },
      { anchor: 'exceptions', title: 'push:exceptions', alsoFoundBy: 'settings:exceptionsFoundBy' },
    ],
    Content: lazy(async () => ({ default: (await import('./NotificationsHere.tsx')).NotificationsHere })),
  },
  appearance: {
    icon: Palette,
    title: 'settings:appearance',
    text: 'settings:appearanceText',
    entries: [{ anchor: 'theme', title: 'settings:theme', alsoFoundBy: 'settings:themeFoundBy' }],
    Content: lazy(async () => ({ default: (await import('./AppearanceHere.tsx')).AppearanceHere })),
  },
  language: {
    icon: Languages,
    title: 'settings:language',
    text: 'settings:languageText',
    entries: [{ anchor: 'language', title: 'settings:languageChoice', alsoFoundBy: 'settings:languageFoundBy' }],
    Content: lazy(async () => ({ default: (await import('./LanguageHere.tsx')).LanguageHere })),
  },
  keyboard: {
    icon: Keyboard,
    title: 'settings:keyboard',
    text: 'settings:keyboardText',
    entries: [{ anchor: 'keys', title: 'app:keys', alsoFoundBy: 'settings:keysFoundBy' }],
    Content: lazy(async () => ({ default: (await import('./KeyboardHere.tsx')).KeyboardHere })),
  },
  about: {
    icon: Info,
    title: 'settings:about',
    text: 'settings:aboutText',
    entries: [{ anchor: 'version', title: 'settings:version', alsoFoundBy: 'settings:versionFoundBy' }],
    Content: lazy(async () => ({ default: (await import('./AboutHere.tsx')).AboutHere })),
  },
};

export const SECTIONS: readonly SettingsSection[] = SECTION_IDS.map(sectionOf);

export function sectionOf(id: SectionId): SettingsSection {
  return { id, ...PARTS[id] };
}
