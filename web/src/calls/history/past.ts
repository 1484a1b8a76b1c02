import type { PastCall } from '@dialog/shared/calls.history';

/** How a past call is told in one word. */
export type PastWord =
  | 'outcome_going'
  | 'outcome_in'
  | 'outcome_out'
  | 'outcome_missed'
  | 'outcome_declined_in'
  | 'outcome_declined_out'
  | 'outcome_cancelled'
  | 'outcome_unanswered';

export function wordOf({ outcome }: Pick<PastCall, 'outcome'>, isMine: boolean): PastWord {
  if (outcome === 'finished') return isMine ? 'outcome_out' : 'outcome_in';
  if (outcome === 'declined') return isMine ? 'outcome_declined_out' : 'outcome_declined_in';
  return `outcome_${outcome}`;
}

/** As a clock says it: 4:05, 1:04:05. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, nth) => (nth === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
