import type { ProofChange } from '@dialog/shared/auth.values';

/** What notifications say. Few words in each language: a service worker starts for a single push. */
type Changes = Readonly<Record<ProofChange, string>>;

export interface PushWords {
  readonly newMessages: (count: number) => string;
  readonly called: (name: string, text: string) => string;
  readonly answered: (name: string, text: string) => string;
  readonly reacted: (name: string, emoji: string, text: string) => string;
  readonly someoneReacted: string;
  readonly friendRequest: (name: string) => string;
  readonly someoneAsksFriend: string;
  readonly friendAccepted: (name: string) => string;
  readonly someoneAcceptedFriend: string;
  readonly calls: string;
  readonly someoneCalls: string;
  readonly missedCall: string;
  readonly signIn: string;
  readonly signInFrom: (device: string, place: string | null) => string;
  readonly proofs: Changes;
  readonly readElsewhere: string;
  readonly test: string;
  readonly somethingNew: string;
  readonly replyFailed: string;
  readonly parts: Readonly<Record<'photo' | 'video' | 'voice' | 'audio' | 'file' | 'poll', string>>;
  readonly acts: Readonly<Record<'reply' | 'markRead' | 'mute' | 'accept' | 'decline', string>>;
  readonly replyHint: string;
}

const en: PushWords = {
  newMessages: (count) => (count === 1 ? 'A new message' : `${counted(count)} new messages`),
  called: (name, text) => `${name} mentioned you: ${text}`,
  answered: (name, text) => `${name} answered you: ${text}`,
  reacted: (name, emoji, text) => `${name} reacted with ${emoji} to “${text}”`,
  someoneReacted: 'A reaction to a message of yours',
  friendRequest: (name) => `${name} wants to be your friend`,
  someoneAsksFriend: 'A friend request',
  friendAccepted: (name) => `${name} is your friend now`,
  someoneAcceptedFriend: 'A friend request was accepted',
  calls: 'is calling',
  someoneCalls: 'A call',
  missedCall: 'Missed call',
  signIn: 'New sign-in to your account',
  signInFrom: (device, place) => placed(device || 'Unknown device', place),
  proofs: {
    'passkey-added': 'A passkey was added to your account',
    'passkey-removed': 'A passkey of your account was removed',
    'passkey-step-on': 'A passkey is asked for after the password',
    'passkey-step-off': 'No passkey is asked for after the password any more',
    'totp-on': 'Codes from an app were turned on',
    'totp-off': 'Codes from an app were turned off',
    'codes-made': 'New recovery codes were made',
    'user-name-changed': 'Your user name was changed',
  },
  readElsewhere: 'Read on another device',
  test: 'Notifications reach this device.',
  somethingNew: 'There is something new for you.',
  replyFailed: 'Your reply was not sent. Press to open the chat.',
  parts: {
    photo: '📷 Photo',
    video: '🎬 Video',
    voice: '🎤 Voice message',
    audio: '🎵 Audio',
    file: '📎 File',
    poll: '📊 Poll',
  },
  acts: { reply: 'Reply', markRead: 'Mark as read', mute: 'Mute for an hour', accept: 'Accept', decline: 'Decline' },
  replyHint: 'Write a reply',
};

const de: PushWords = {
  newMessages: (count) => (count === 1 ? 'Eine neue Nachricht' : `${counted(count)} neue Nachrichten`),
  called: (name, text) => `${name} hat dich erwähnt: ${text}`,
  answered: (name, text) => `${name} hat dir geantwortet: ${text}`,
  reacted: (name, emoji, text) => `${name} hat mit ${emoji} auf „${text}“ reagiert`,
  someoneReacted: 'Eine Reaktion auf eine deiner Nachrichten',
  friendRequest: (name) => `${name} möchte mit dir befreundet sein`,
  someoneAsksFriend: 'Eine Freundschaftsanfrage',
  friendAccepted: (name) => `${name} ist jetzt mit dir befreundet`,
  someoneAcceptedFriend: 'Eine Freundschaftsanfrage wurde angenommen',
  calls: 'ruft an',
  someoneCalls: 'Ein Anruf',
  missedCall: 'Verpasster Anruf',
  signIn: 'Neue Anmeldung an deinem Konto',
  signInFrom: (device, place) => placed(device || 'Unbekanntes Gerät', place),
  proofs: {
    'passkey-added': 'Ein Passkey kam zu deinem Konto dazu',
    'passkey-removed': 'Ein Passkey deines Kontos wurde entfernt',
    'passkey-step-on': 'Nach dem Passwort wird ein Passkey verlangt',
    'passkey-step-off': 'Nach dem Passwort wird kein Passkey mehr verlangt',
    'totp-on': 'Codes aus einer App wurden eingeschaltet',
    'totp-off': 'Codes aus einer App wurden ausgeschaltet',
    'codes-made': 'Neue Wiederherstellungscodes wurden erstellt',
    'user-name-changed': 'Dein Benutzername wurde geändert',
  },
  readElsewhere: 'Auf einem anderen Gerät gelesen',
  test: 'Benachrichtigungen erreichen dieses Gerät.',
  somethingNew: 'Es gibt etwas Neues für dich.',
  replyFailed: 'Deine Antwort wurde nicht gesendet. Drücke, um den Chat zu öffnen.',
  parts: {
    photo: '📷 Foto',
    video: '🎬 Video',
    voice: '🎤 Sprachnachricht',
    audio: '🎵 Audio',
    file: '📎 Datei',
    poll: '📊 Umfrage',
  },
  acts: {
    reply: 'Antworten',
    markRead: 'Als gelesen markieren',
    mute: 'Eine Stunde stumm',
    accept: 'Annehmen',
    decline: 'Ablehnen',
  },
  replyHint: 'Schreib eine Antwort',
};

const ALL: Readonly<Record<string, PushWords>> = { en, de };
/** As the server counts: so many stands for that and more. */
const COUNT_MAX = 50;

export function pushWordsIn(language: string): PushWords {
  return ALL[language.split('-')[0]?.toLowerCase() ?? ''] ?? en;
}

export function counted(count: number): string {
  return count >= COUNT_MAX ? `${COUNT_MAX}+` : `${count}`;
}

function placed(device: string, place: string | null): string {
  return place === null ? device : `${device}, ${place}`;
}
