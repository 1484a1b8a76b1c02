import type { Tx } from '../database.ts';

/** The languages that mails are written in. A feature that mails has a catalogue in each. */
export const MAIL_LANGUAGES = ['en', 'de'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** A stretch of a mail: a paragraph, or a link on a line of its own. */
export type MailPart = string | { readonly label: string; readonly link: string };

export interface Mail {
  /** One address, checked before (`EmailAddress` of the contract). */
  readonly to: string;
  readonly language: MailLanguage;
  readonly subject: string;
  readonly parts: readonly MailPart[];
}

/** A mail as it goes out, or is kept for the operator. */
export interface WrittenMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** In the act's transaction (R8): sent after its commit, later again when that fails. */
  send(tx: Tx, mail: Mail): Promise<void>;
  /** After the commit: do not wait for the next look. */
  kick(): void;
}

/** The language nearest to a tag such as `de-CH`; English for all others. */
export function mailLanguage(tag: string | null | undefined): MailLanguage {
  const [language = ''] = (tag ?? '').toLowerCase().split('-');
  return MAIL_LANGUAGES.find((known) => known === language) ?? 'en';
}
