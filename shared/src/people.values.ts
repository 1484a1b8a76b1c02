import * as z from 'zod/mini';
import { Revision } from './contract/values.ts';
import { User } from './users.values.ts';

/** Friends, requests and blocks of one person together. */
export const RELATIONS_MAX = 1_000;

/**
 * What one person has to do with another, as the first of them sees it. `asked`: they were asked and have not answered;
 * `asks`: they ask. A relation that ended stays as `none` without a block, so that all devices learn of it.
 */
export const Relation = z.object({
  user: User,
  friendship: z.enum(['none', 'asked', 'asks', 'friends']),
  /** By this person; the other never learns of it. */
  isBlocked: z.boolean(),
  /** The person's revision when it last changed (R2). */
  revision: Revision,
});
export type Relation = z.infer<typeof Relation>;
