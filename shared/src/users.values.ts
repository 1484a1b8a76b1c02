import * as z from 'zod/mini';
import { UserId } from './contract/values.ts';

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

/** A person as other people see them. */
export const User = z.object({ id: UserId, userName: z.string(), displayName: z.string() });
export type User = z.infer<typeof User>;
