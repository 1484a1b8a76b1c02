import * as z from 'zod/mini';

/** What this browser remembers of having asked whether somebody wants notifications. */
const Asked = z.object({
  /** Messages that came or went while the page was open. */
  messages: z.int(),
  /** When "not now" was said; milliseconds since 1970. */
  refusedAt: z.array(z.number()),
});
export type Asked = z.infer<typeof Asked>;

export const NEVER_ASKED: Asked = { messages: 0, refusedAt: [] };

/** By then a person knows what they would be told of. */
const AFTER_MESSAGES = 3;
const ASKED_AGAIN_AFTER_MS = 30 * 86_400_000;
/** Twice no is no. */
const REFUSALS_MAX = 2;

export function mayAsk({ messages, refusedAt }: Asked, now: number): boolean {
  if (messages < AFTER_MESSAGES || refusedAt.length >= REFUSALS_MAX) return false;
  return refusedAt.every((at) => now - at >= ASKED_AGAIN_AFTER_MS);
}

/** Counted no further than it matters. */
export function withMessage(asked: Asked): Asked {
  return asked.messages < AFTER_MESSAGES ? { ...asked, messages: asked.messages + 1 } : asked;
}

export function withRefusal(asked: Asked, now: number): Asked {
  return { ...asked, refusedAt: [...asked.refusedAt, now].slice(-REFUSALS_MAX) };
}

export function askedIn(text: string | null): Asked {
  try {
    const asked = z.safeParse(Asked, JSON.parse(text ?? 'null'));
    return asked.success ? asked.data : NEVER_ASKED;
  } catch {
    return NEVER_ASKED;
  }
}
