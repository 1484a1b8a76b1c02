import * as z from 'zod/mini';
import { Revision, UserId } from './contract/values.ts';

/** Stretches that one cursor names at most, the newest ones. */
export const PASSED_OVER_MAX = 50;

export const Cursor = z.object({
  userId: UserId,
  readPosition: Revision,
  deliveredPosition: Revision,
  /** What stands here, both ends included, was withheld from this person: it is neither delivered nor read. */
  passedOver: z.optional(z.array(z.object({ from: Revision, until: Revision })).check(z.maxLength(PASSED_OVER_MAX))),
});
export type Cursor = z.infer<typeof Cursor>;

/** Cursors only move forward, in whatever order they are told. */
export function furthestOf(told: Cursor, known: Cursor = told): Cursor {
  const passedOver =
    (told.passedOver?.length ?? 0) >= (known.passedOver?.length ?? 0) ? told.passedOver : known.passedOver;
  return {
    userId: told.userId,
    readPosition: Math.max(told.readPosition, known.readPosition),
    deliveredPosition: Math.max(told.deliveredPosition, known.deliveredPosition),
    ...(passedOver ? { passedOver } : {}),
  };
}

export function passesOver({ passedOver = [] }: Pick<Cursor, 'passedOver'>, position: number): boolean {
  return passedOver.some(({ from, until }) => from <= position && position <= until);
}
