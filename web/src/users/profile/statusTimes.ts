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

function midnightAfter(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** As short as it says all: the time today, else day and time. */
export function shortEnd(until: string, language: string, now = new Date()): string {
  const end = new Date(until);
  const isToday = end <= midnightAfter(now, 1);
  return new Intl.DateTimeFormat(language, {
    ...(isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(end);
}

/** For `datetime-local`, in the time of this device. */
export function localTime(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
