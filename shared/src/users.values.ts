import * as z from 'zod/mini';
import { Emoji, lineOfText, linesOfText, Revision, Timestamp, UserId, Uuid } from './contract/values.ts';

export const DISPLAY_NAME_MAX = 64;
export const PERSON_DESCRIPTION_MAX = 500;
export const STATUS_TEXT_MAX = 80;

/** Lower case by definition, so that two names never differ by case or look alike: a to z, 0 to 9, `_`, `.` between them. */
export const UserName = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.minLength(3),
    z.maxLength(32),
    z.regex(/^[a-z0-9](?:[a-z0-9_]|\.(?=[a-z0-9]))*$/),
  );

export const DisplayName = lineOfText(DISPLAY_NAME_MAX);

/** Random from end to end: who was never told it does not find the picture. */
export const AvatarId = Uuid.brand<'AvatarId'>();
export type AvatarId = z.infer<typeof AvatarId>;

/** A person as other people see them. */
export const User = z.object({
  id: UserId,
  userName: z.string(),
  displayName: z.string(),
  /** Of their picture, where they have one: `avatarPath`. */
  avatarId: z.optional(AvatarId),
  /** The person's revision when one of these last changed, so that of two the newer is known; absent: they never did. */
  profileRevision: z.optional(Revision),
});
export type User = z.infer<typeof User>;

/** What somebody says of themselves for a while. */
export const PersonStatus = z.object({
  text: z.string(),
  emoji: z.optional(Emoji),
  /** Then it is gone; absent: it stays until it is changed. */
  until: z.optional(Timestamp),
});
export type PersonStatus = z.infer<typeof PersonStatus>;

export const NewStatus = z.object({
  text: lineOfText(STATUS_TEXT_MAX),
  emoji: z.optional(Emoji),
  until: z.optional(Timestamp),
});

export const PersonDescription = linesOfText(PERSON_DESCRIPTION_MAX);

/** All that a person says of themselves. */
export const PersonProfile = z.object({
  user: User,
  /** Several lines; empty: none. */
  description: z.string(),
  status: z.nullable(PersonStatus),
});
export type PersonProfile = z.infer<typeof PersonProfile>;
