import type { ProofChange } from '@dialog/shared/auth.values';
import { CONFIRM_HOURS, MAIL_PAGES, RECOVERY_HOURS } from '@dialog/shared/auth.email';
import type { User } from '@dialog/shared/users';
import type { Mail, MailLanguage, MailPart } from '../platform/mail/mail.ts';
import { fillIn } from '../platform/mail/writing.ts';
import { words as german } from './auth.mails.de.ts';
import { words as english } from './auth.mails.en.ts';

const WORDS = { en: english, de: german } as const satisfies Record<MailLanguage, typeof english>;

export interface Recipient {
  readonly to: string;
  readonly language: MailLanguage;
}

export interface About extends Recipient {
  readonly user: User;
}

type Values = Readonly<Record<string, string>>;

interface Said {
  readonly subject: string;
  readonly parts: readonly MailPart[];
  readonly values?: Values;
}

/** An address of the app as others are told it. */
type LinkTo = (path: `/${string}`) => string;

export type AuthMails = ReturnType<typeof createAuthMails>;

/** The mails about accounts. What people call themselves stands in them as words only, never in a subject. */
export function createAuthMails(linkTo: LinkTo) {
  /** A mail to the person of an account. */
  function mailTo({ to, language, user }: About, { subject, parts, values = {} }: Said): Mail {
    const known = { name: user.displayName, userName: user.userName, server: serverOf(linkTo), ...values };
    return { to, language, subject, parts: [WORDS[language].hello, ...parts].map((part) => filled(part, known)) };
  }

  function invitation(inviter: User, { to, language }: Recipient, path: `/${string}`): Mail {
    const all = WORDS[language];
    const said = path.startsWith('/join/') ? all.groupInvitation : all.invitation;
    const { displayName, userName } = forStrangers(inviter);
    const values = { inviter: displayName, userName, server: serverOf(linkTo) };
    const parts: MailPart[] = [said.text, { label: said.link, link: linkTo(path) }, said.otherwise];
    return { to, language, subject: said.subject, parts: parts.map((part) => filled(part, values)) };
  }

  return {
    /** To whoever has the address that somebody wrote down: a stranger, until the link is opened. */
    confirm({ user, ...to }: About, token: string): Mail {
      const about = { ...to, user: forStrangers(user) };
      const { confirm, why, ignore } = WORDS[about.language];
      const link = { label: confirm.link, link: linkTo(`${MAIL_PAGES.confirm}#${token}`) };
      const values = { hours: String(CONFIRM_HOURS) };
      return mailTo(about, { subject: confirm.subject, parts: [confirm.text, link, why, ignore], values });
    },

    recovery(about: About, token: string): Mail {
      const { recovery } = WORDS[about.language];
      const link = { label: recovery.link, link: linkTo(`${MAIL_PAGES.newPassword}#${token}`) };
      const values = { hours: String(RECOVERY_HOURS) };
      return mailTo(about, { subject: recovery.subject, parts: [recovery.text, link, recovery.otherwise], values });
    },

    /** To an address that was the person's until now, or to theirs: something has happened. */
    notice(about: About, what: 'changed' | 'removed' | 'passwordChanged'): Mail {
      const { subject, text, otherwise } = WORDS[about.language][what];
      return mailTo(about, { subject, parts: [text, otherwise] });
    },

    signIn(about: About, by: ByDevice): Mail {
      const { signIn } = WORDS[about.language];
      const values = whenAndWhere(about.language, by);
      return mailTo(about, { subject: signIn.subject, parts: [signIn.text, signIn.otherwise], values });
    },

    proofs(about: About, { what, ...by }: ByDevice & { readonly what: ProofChange }): Mail {
      const { proofs } = WORDS[about.language];
      const values = whenAndWhere(about.language, by);
      return mailTo(about, { subject: proofs.subject, parts: [proofs.text, proofs[what], proofs.otherwise], values });
    },

    invitation,
  };
}

interface ByDevice {
  readonly device: string;
  readonly at: Date;
}

function whenAndWhere(language: MailLanguage, { device, at }: ByDevice): Values {
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' });
  return { device: device === '' ? WORDS[language].unknownDevice : device, time: time.format(at) };
}

function filled(part: MailPart, values: Values): MailPart {
  return typeof part === 'string' ? fillIn(part, values) : { ...part, label: fillIn(part.label, values) };
}

function serverOf(linkTo: LinkTo): string {
  return new URL(linkTo('/')).host;
}

/** As a mail may name somebody to people who never asked for it. */
function forStrangers(user: User): User {
  // What joins words parts an address for mail programs, and is not seen.
  return { ...user, displayName: harmless(user.displayName), userName: user.userName.replaceAll('.', '.\u2060') };
}

/** A name that strangers read must carry no address: mail programs make a link of whatever looks like one. */
function harmless(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}\p{M} '’-]+/gu, ' ').trim() || '…';
}
