import type { words as english } from './auth.mails.en.ts';

export const words: typeof english = {
  hello: 'Hallo {name},',
  why: 'Du bekommst diese Mail, weil jemand auf {server} diese Adresse angegeben hat.',
  ignore: 'Wenn du das nicht warst, musst du nichts tun: Ohne den Link passiert nichts.',
  confirm: {
    subject: 'Bestätige deine E-Mail-Adresse',
    text: 'bitte bestätige, dass diese Adresse zu deinem Konto {userName} gehört. Der Link gilt einmal und {hours} Stunden lang.',
    link: 'Adresse bestätigen',
  },
  changed: {
    subject: 'Deine E-Mail-Adresse wurde geändert',
    text: 'dein Konto {userName} auf {server} hat jetzt eine andere E-Mail-Adresse. Diese hier wird nicht mehr benutzt.',
    otherwise:
      'Wenn du das nicht warst, ist jemand anderes in deinem Konto: Melde dich an, ändere dein Passwort und melde alle anderen Geräte ab.',
  },
  removed: {
    subject: 'Deine E-Mail-Adresse wurde entfernt',
    text: 'diese Adresse gehört nicht mehr zu deinem Konto {userName} auf {server}. Mit ihr kannst du dich nicht mehr anmelden und kein neues Passwort mehr bekommen.',
    otherwise:
      'Wenn du das nicht warst, ist jemand anderes in deinem Konto: Melde dich an, ändere dein Passwort und melde alle anderen Geräte ab.',
  },
  recovery: {
    subject: 'Ein neues Passwort für dein Konto',
    text: 'jemand hat ein neues Passwort für dein Konto {userName} angefordert. Der Link gilt einmal und {hours} Stunde lang. Alle Geräte werden dabei abgemeldet.',
    link: 'Neues Passwort wählen',
    otherwise: 'Wenn du das nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.',
  },
  passwordChanged: {
    subject: 'Dein Passwort wurde geändert',
    text: 'das Passwort deines Kontos {userName} auf {server} wurde über einen Link geändert, der an diese Adresse ging. Alle Geräte wurden abgemeldet.',
    otherwise:
      'Wenn du das nicht warst, liest jemand deine Mails. Ändere zuerst das Passwort deines Postfachs, dann dieses.',
  },
  signIn: {
    subject: 'Neue Anmeldung in deinem Konto',
    text: 'ein neues Gerät hat sich in deinem Konto {userName} auf {server} angemeldet: {device}, {time}.',
    otherwise: 'Wenn du das nicht warst, ändere dein Passwort und melde das Gerät unter Einstellungen, Geräte ab.',
  },
  proofs: {
    subject: 'Deine Anmeldung hat sich geändert',
    text: 'in deinem Konto {userName} auf {server} hat sich etwas geändert, an {device}, {time}:',
    otherwise:
      'Wenn du das nicht warst, ist jemand anderes in deinem Konto: Ändere dein Passwort, melde alle anderen Geräte ab und sieh die Einstellungen unter Sicherheit durch.',
    'passkey-added': 'Ein Passkey kam dazu.',
    'passkey-removed': 'Ein Passkey wurde entfernt.',
    'passkey-step-on': 'Nach dem Passwort wird jetzt auch ein Passkey verlangt.',
    'passkey-step-off': 'Nach dem Passwort wird kein Passkey mehr verlangt.',
    'totp-on': 'Codes aus einer App wurden eingeschaltet.',
    'totp-off': 'Codes aus einer App wurden ausgeschaltet.',
    'codes-made': 'Neue Wiederherstellungscodes wurden erstellt, die alten gelten nicht mehr.',
    'user-name-changed': 'Der Benutzername wurde geändert. Mit dem alten kannst du dich noch 30 Tage lang anmelden.',
  },
  invitation: {
    subject: 'Eine Einladung zu Dialog',
    text: '{inviter} ({userName}) lädt dich zu Dialog auf {server} ein: Chats, Anrufe und Bildschirm teilen.',
    link: 'Hereinkommen',
    otherwise: 'Wenn du nicht weißt, wer das ist, ignoriere diese Mail einfach.',
  },
  groupInvitation: {
    subject: 'Eine Einladung in eine Gruppe',
    text: '{inviter} ({userName}) lädt dich in eine Gruppe auf {server} ein.',
    link: 'Gruppe ansehen',
    otherwise: 'Wenn du nicht weißt, wer das ist, ignoriere diese Mail einfach.',
  },
  unknownDevice: 'ein unbekanntes Gerät',
};
