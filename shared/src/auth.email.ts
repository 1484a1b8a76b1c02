import * as z from 'zod/mini';
import { NewPassword } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { Timestamp } from './contract/values.ts';

export const EMAIL_MAX = 254;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const ADDRESS = new RegExp(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64}@${LABEL}(?:\\.${LABEL})+$`);

/** An address as it is kept and compared: lower case, ASCII (a domain in other letters in its `xn--` form). */
export const EmailAddress = z.string().check(
  z.trim(),
  z.toLowerCase(),
  z.maxLength(EMAIL_MAX),
  z.refine((text) => text.length <= EMAIL_MAX && ADDRESS.test(text) && !/^\.|\.\.|\.@/.test(text), {
    error: 'is no e-mail address',
  }),
);

/** 256 bits in base64url, as they stand behind the `#` of a link in a mail. */
export const MailToken = z.string().check(z.regex(/^[\w-]{43}$/));

/** The language in which a mail is written to somebody who has not chosen one for all their devices. */
const Language = z.string().check(z.regex(/^[A-Za-z\d-]{2,35}$/));

/** An address given at sign-up, or later. */
export const EmailClaim = z.object({ address: EmailAddress, language: Language });

/** Pages that links in mails lead to, each with its token behind the `#`. */
export const MAIL_PAGES = { confirm: '/confirm-email', newPassword: '/new-password' } as const;

/** How long links in mails hold. */
export const CONFIRM_HOURS = 24;
export const RECOVERY_HOURS = 1;

export const emailRoutes = defineRoutes({
  getEmail: {
    summary: "The caller's own e-mail address, and one that waits to be confirmed.",
    method: 'GET',
    path: '/auth/email',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    reply: z.object({
      address: z.nullable(z.string()),
      claim: z.nullable(z.object({ address: z.string(), expiresAt: Timestamp })),
    }),
    errors: [],
  },
  claimEmail: {
    summary:
      'Sends a link to an address, which is the account’s once the link is opened. Whether somebody else has it is not told.',
    method: 'PUT',
    path: '/auth/email',
    access: 'confirmed',
    carriers: 'both',
    limits: ['claimEmail'],
    body: EmailClaim,
    reply: z.object({}),
    errors: ['confirmation-needed'],
  },
  removeEmail: {
    summary: 'Takes the address, and one that waits, off the account. The address is told.',
    method: 'DELETE',
    path: '/auth/email',
    access: 'confirmed',
    carriers: 'both',
    limits: ['change'],
    reply: z.object({}),
    errors: ['confirmation-needed'],
  },
  confirmEmail: {
    summary: 'Opens the link in a mail: the address is confirmed. Once, within a day. An address before it is told.',
    method: 'POST',
    path: '/auth/email/confirm',
    access: 'public',
    carriers: 'http',
    limits: ['mailLinkPerAddress'],
    body: z.object({ token: MailToken }),
    reply: z.object({ address: z.string() }),
    errors: ['mail-link-over', 'email-taken'],
  },
  askForNewPassword: {
    summary: 'Sends a link to a new password to the address of an account. The answer is the same if there is none.',
    method: 'POST',
    path: '/auth/mail-recovery',
    access: 'public',
    carriers: 'http',
    limits: ['askNewPasswordPerAddress', 'askNewPasswordPerAccount'],
    body: z.object({
      /** Or its e-mail address. */
      userName: z.string().check(z.maxLength(EMAIL_MAX)),
    }),
    reply: z.object({}),
    errors: [],
  },
  setNewPassword: {
    summary: 'Opens the link in a mail: a new password. Once, within an hour; every session ends.',
    method: 'POST',
    path: '/auth/mail-recovery/password',
    access: 'public',
    carriers: 'http',
    limits: ['mailLinkPerAddress'],
    body: z.object({ token: MailToken, newPassword: NewPassword }),
    reply: z.object({}),
    errors: ['mail-link-over', 'password-too-short', 'password-too-common'],
  },
  inviteByMail: {
    summary: 'Sends somebody a mail with the way to this server. Whether they have an account is not told.',
    method: 'POST',
    path: '/auth/invitations',
    access: 'session',
    carriers: 'both',
    limits: ['invite', 'inviteByMail'],
    body: EmailClaim,
    reply: z.object({}),
    errors: [],
  },
});
