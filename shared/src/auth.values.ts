import * as z from 'zod/mini';
import { SessionId } from './contract/values.ts';
import { User } from './users.values.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

export const NewPassword = z.string().check(z.maxLength(PASSWORD_MAX));
export const GivenPassword = z.string().check(z.maxLength(PASSWORD_MAX));

/** A browser keeps its session in a cookie it cannot read; a shell or bot is handed a bearer token. */
export const Keep = z.enum(['cookie', 'bearer']);
export type Keep = z.infer<typeof Keep>;

export const SignedIn = z.object({
  user: User,
  sessionId: SessionId,
  /** Only with `keep: 'bearer'`; shown this once. */
  token: z.optional(z.string()),
});
