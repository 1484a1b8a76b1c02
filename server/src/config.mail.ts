import * as z from 'zod/mini';

/** Where mails go out. */
export interface SmtpConfig {
  /** `smtp://user:password@host:587` or `smtps://…`; nodemailer's options may follow behind a `?`. */
  readonly url: string;
  /** As it stands in the mail: `Dialog <dialog@example.org>`. */
  readonly from: string;
}

/** How long sign-ins that ended are kept, in days. */
const HISTORY_DAYS = 90;

export const mailEnvironment = {
  SIGN_IN_HISTORY_DAYS: z.optional(z.string().check(z.regex(/^[1-9]\d{0,3}$/, { error: 'is not a number of days' }))),
  SMTP_URL: z.optional(z.string()),
  MAIL_FROM: z.optional(z.string()),
};

const Environment = z.object(mailEnvironment);

export function historyDays({ SIGN_IN_HISTORY_DAYS: days }: z.infer<typeof Environment>): number {
  return days === undefined ? HISTORY_DAYS : Number(days);
}

/** An address, or a name with the address behind it in angle brackets; no other characters that a header could break at. */
const FROM = /^(?:[^<>"\p{Cc}]{0,100}<)?[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z\d.-]{1,190}>?$/u;

/** @throws Error that says what is wrong, and never the value: it holds a password. */
export function smtpIn({ SMTP_URL: url, MAIL_FROM: from }: z.infer<typeof Environment>): SmtpConfig | null {
  if (url === undefined) return null;
  if (!isSmtpUrl(url))
    throw new Error('SMTP_URL must look like smtp://user:password@mail.example.org:587, or smtps:// for TLS at once.');
  if (from === undefined)
    throw new Error('SMTP_URL needs MAIL_FROM, whom mails are from: Dialog <dialog@example.org>.');
  if (!FROM.test(from) || from.includes('<') !== from.endsWith('>'))
    throw new Error('MAIL_FROM must be an address, or a name and an address: Dialog <dialog@example.org>.');
  return { url, from };
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '';
}

/** Where the links in mails lead: an origin that others can reach goes before one that only this machine can. */
export function linkOrigin(origins: readonly string[]): string | null {
  const isLocal = (origin: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin);
  const elsewhere = origins.filter((origin) => !isLocal(origin));
  return elsewhere.find((origin) => origin.startsWith('https:')) ?? elsewhere[0] ?? origins[0] ?? null;
}
