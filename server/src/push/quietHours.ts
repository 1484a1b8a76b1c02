import type { QuietHours } from '@dialog/shared/settings';
import type * as z from 'zod/mini';

type Quiet = z.infer<typeof QuietHours>;

/** There are some six hundred zones, and their clocks are not made anew for each push. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether it is quiet at this moment by the wall clock of the person's zone: where clocks are moved, the hour that comes
 * twice is quiet or not both times, and the one that is left out ends nothing early.
 */
export function isQuietAt(hours: Quiet | null, at: Date): boolean {
  if (!hours || hours.from === hours.until) return false;
  const minute = minuteOfDay(hours.timeZone, at);
  return hours.from < hours.until
    ? minute >= hours.from && minute < hours.until
    : minute >= hours.from || minute < hours.until;
}

function minuteOfDay(timeZone: string, at: Date): number {
  const known = clocks.get(timeZone);
  const clock =
    known ?? new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  if (!known) clocks.set(timeZone, clock);
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0);
}
