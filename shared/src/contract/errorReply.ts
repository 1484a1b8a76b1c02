import * as z from 'zod/mini';
import { ERROR_CODES } from './errors.ts';

/** What a refused act answers, over either carrier. */
export const ErrorReply = z.object({
  code: z.enum(ERROR_CODES),
  requestId: z.string(),
  /** Seconds until a retry can succeed, with `rate-limited` and `busy`. */
  retryAfterSeconds: z.optional(z.number()),
});
export type ErrorReply = z.infer<typeof ErrorReply>;
