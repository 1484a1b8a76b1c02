import * as z from 'zod/mini';

/**
 * Ids are UUIDs: unguessable, made anywhere, useless without the right to what they name. Of the two ways to write one
 * only one goes on from here, so that the same id is the same text everywhere.
 */
export const Uuid = z.uuid().check(z.toLowerCase());

export const UserId = Uuid.brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

export const SessionId = Uuid.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

export const ChatId = Uuid.brand<'ChatId'>();
export type ChatId = z.infer<typeof ChatId>;

export const MessageId = Uuid.brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;

export const CallId = Uuid.brand<'CallId'>();
export type CallId = z.infer<typeof CallId>;

export const AttachmentId = Uuid.brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof AttachmentId>;

export const FolderId = Uuid.brand<'FolderId'>();
export type FolderId = z.infer<typeof FolderId>;

export const InviteId = Uuid.brand<'InviteId'>();
export type InviteId = z.infer<typeof InviteId>;

/** One browser or shell of a person; made by it once and kept. */
export const DeviceId = Uuid.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

/** ISO 8601 in UTC, to the millisecond. For people to read; order comes from revisions. */
export const Timestamp = z.iso.datetime();

/** A count of durable changes, of one chat or of one person (R1). Starts at 0, has no gaps. */
export const Revision = z.int().check(z.nonnegative());

/** A revision, or a count, where it travels in a URL. */
export const RevisionInUrl = z.string().check(z.regex(/^\d{1,15}$/));

/** One emoji as people see it, with its skin tone and all (Unicode RGI). */
export const Emoji = z.string().check(
  z.maxLength(40),
  z.refine((text) => /^\p{RGI_Emoji}$/v.test(text), { error: 'is not one emoji' }),
);
export type Emoji = z.infer<typeof Emoji>;

/** What an emoji that a group made for itself is called. With a letter in it, so that ":30:" within a time is none. */
export const EmojiName = z.string().check(z.regex(/^(?=[0-9_]*[a-z])[a-z0-9_]{2,32}$/));

/** What one reacts with: an emoji, or one of the group's own by its name between colons. */
export const Reaction = z.union([Emoji, z.string().check(z.regex(/^:[a-z0-9_]{2,32}:$/))]);

/** Characters that change how their neighbours are shown (controls, bidi overrides, zero width), and so could forge a name. */
const DECEPTIVE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** Several lines that people read, with what joins letters and emoji; may be empty. */
export function linesOfText(maxLength: number) {
  return z.string().check(
    z.normalize('NFC'),
    z.trim(),
    z.maxLength(maxLength),
    z.refine((text) => !DECEPTIVE.test(text.replaceAll(/[\n\u200c\u200d]/g, '')), {
      error: 'contains control characters',
    }),
  );
}

/** One line that people read: trimmed, NFKC, no control or bidi characters. */
export function lineOfText(maxLength: number) {
  return z.string().check(
    z.normalize('NFKC'),
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine((text) => !DECEPTIVE.test(text), { error: 'contains control characters' }),
  );
}
