import type { PushOutcome } from '@dialog/shared/push';
import type { PushAnswer } from '../platform/webPush/webPush.ts';

/** What follows from a try: `again` after so long, `over` for this push, `gone` for the subscription. */
export type Verdict = { readonly kind: 'done' | 'over' | 'gone' } | { readonly kind: 'again'; readonly inMs: number };

export interface Judged {
  readonly outcome: PushOutcome;
  readonly status: number | null;
  readonly verdict: Verdict;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const GONE = new Set([404, 410]);
/** Too slow, too early, too many. */
const PASSING = new Set([408, 425, 429]);

/** Reads what a push service answered to the n-th try. */
export function judge(answer: PushAnswer, tries: number): Judged {
  if (answer.kind === 'forbidden') return { outcome: 'forbidden', status: null, verdict: { kind: 'over' } };
  const again = { kind: 'again', inMs: waitAfter(tries) } as const;
  if (answer.kind === 'unreachable') return { outcome: 'unreachable', status: null, verdict: again };
  const { status, retryAfterSeconds } = answer;
  if (status >= 200 && status < 300) return { outcome: 'accepted', status, verdict: { kind: 'done' } };
  if (GONE.has(status)) return { outcome: 'gone', status, verdict: { kind: 'gone' } };
  if (!PASSING.has(status) && status < 500) return { outcome: 'refused', status, verdict: { kind: 'over' } };
  // As long as they ask for, but not for ever, and never sooner than we would by ourselves.
  const asked = Math.min((retryAfterSeconds ?? 0) * 1_000, LONGEST_WAIT_MS);
  return { outcome: 'busy', status, verdict: { kind: 'again', inMs: Math.max(asked, again.inMs) } };
}

/** 2, 4, 8 s … half an hour. */
function waitAfter(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20), LONGEST_WAIT_MS);
}
