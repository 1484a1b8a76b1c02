/** From `from` until `until`, minutes of the day by the clock of a time zone; over midnight when `until` is earlier. */
interface Hours {
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
}

/** Each takes some ten kilobytes and a tenth of a millisecond to make; people are in few zones. */
const CLOCKS_MAX = 100;
/** There are some six hundred, and they may be written in other ways. */
const NAMES_MAX = 1_000;

/** The one used last stands last. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const goodNames = new Set<string>();

/**
 * Whether it is quiet at this moment by the wall clock of the person's zone; the same time twice is the whole day. Where
 * clocks are moved, the hour that comes twice is quiet or not both times, and the one that is left out ends nothing early.
 */
export function isQuietAt(hours: Hours | null, at: number): boolean {
  if (!hours) return false;
  const { from, until, timeZone } = hours;
  if (from === until) return true;
  const minute = minuteOfDay(at, timeZone);
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

export function minuteOfDay(at: number, timeZone: string): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0);
}

/** Whether clocks know it. Asked for each person whose settings are read, so that what is good is remembered. */
export function isTimeZone(name: string): boolean {
  if (goodNames.has(name)) return true;
  try {
    makeClock(name);
  } catch {
    return false;
  }
  goodNames.add(name);
  forgetFirst(goodNames, NAMES_MAX);
  return true;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = clocks.get(timeZone) ?? makeClock(timeZone);
  clocks.delete(timeZone);
  clocks.set(timeZone, clock);
  forgetFirst(clocks, CLOCKS_MAX);
  return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
}

/** The first of a map or set is what came in first. */
function forgetFirst(kept: Map<string, unknown> | Set<string>, max: number): void {
  if (kept.size <= max) return;
  for (const first of kept.keys()) {
    kept.delete(first);
    return;
  }
}
