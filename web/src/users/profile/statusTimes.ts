import type { PersonStatus } from '@dialog/shared/users';

/** For how long a status can stand, as it is chosen. */
export const UNTILS = ['30', '60', '240', 'day', 'week', 'own', 'ever'] as const;
export type Until = (typeof UNTILS)[number];

/** When a status ends that is set now; undefined: never by itself, or, of one's own time, not said yet. */
export function endOf(until: Until, now: Date, own: string): Date | undefined {
  if (until === 'ever') return undefined;
  if (until === 'own') return own === '' ? undefined : new Date(own);
  if (until === 'day') return midnightAfter(now, 1);
  // To the end of its Sunday.
  if (until === 'week') return midnightAfter(now, 7 - ((now.getDay() + 6) % 7));
  return new Date(now.getTime() + Number(until) * 60_000);
}

/** When a status ends, as it is chosen. */
export interface End {
  readonly until: Until;
  /** Of `own`, for `datetime-local`. */
  readonly own: string;
}

/** What is chosen until somebody chooses otherwise: the end of what stands. */
export function endThatStands(status: PersonStatus | null, now: Date): End {
  const inAnHour = localTime(new Date(now.getTime() + 3_600_000));
  if (!status) return { until: 'day', own: inAnHour };
  if (status.until === undefined) return { until: 'ever', own: inAnHour };
  return { until: 'own', own: localTime(new Date(status.until)) };
}

/** When a status ends that is set now. An end that stands and is left as it is stays, to the second. */
export function endChosen({ until, own }: End, status: PersonStatus | null, now: Date): Date | undefined {
  const standing = status?.until === undefined ? undefined : new Date(status.until);
  return until === 'own' && standing && own === localTime(standing) ? standing : endOf(until, now, own);
}

function midnightAfter(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** As short as it says all: the time today, else day and time; at midnight it is the day before that ends. Undefined: today. */
export function shortEnd(until: string, language: string, now = new Date()): string | undefined {
  const end = new Date(until);
  const isWholeDay = end.getTime() === midnightAfter(end, 0).getTime();
  const last = isWholeDay ? midnightAfter(end, -1) : end;
  const isToday = last < midnightAfter(now, 1);
  if (isWholeDay && isToday) return undefined;
  return new Intl.DateTimeFormat(language, {
    ...(isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
    ...(isWholeDay ? {} : { hour: '2-digit', minute: '2-digit' }),
  }).format(last);
}

/** For `datetime-local`, in the time of this device. */
export function localTime(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
