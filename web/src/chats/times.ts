/** Formatters cost more to make than to use. */
const made = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(language, options);
  made.set(key, known);
  return known;
}

export function timeOfDay(at: string, language: string): string {
  return formatter(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** All of it, for who wants to know exactly. */
export function dayAndTime(at: string, language: string): string {
  return formatter(language, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(at));
}

/** The same where there is little room. */
export function dateAndTime(at: string, language: string): string {
  return formatter(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** Whole days from then to now, by the calendar here. */
export function daysAgo(at: string, now: number): number {
  const [then, today] = [new Date(at), new Date(now)];
  then.setHours(0, 0, 0, 0);
  today.setHours(0, 0, 0, 0);
  return Math.round((today.getTime() - then.getTime()) / 86_400_000);
}

/** As short as a list wants it: the time today, the weekday this week, else the date. */
export function shortTime(at: string, now: number, language: string): string {
  const days = daysAgo(at, now);
  if (days <= 0) return timeOfDay(at, language);
  if (days < 7) return formatter(language, { weekday: 'short' }).format(new Date(at));
  return formatter(language, { day: '2-digit', month: '2-digit', year: '2-digit' }).format(new Date(at));
}

/** What stands between two days of a conversation. */
export function longDay(at: string, now: number, language: string): string {
  const days = daysAgo(at, now);
  if (days <= 1)
    return capitalised(
      new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.max(days, 0), 'day'),
      language,
    );
  if (days < 7) return formatter(language, { weekday: 'long' }).format(new Date(at));
  return dayOfYear(at, now, language);
}

/** With the year, when it is not this one. */
export function dayOfYear(at: string, now: number, language: string): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return formatter(language, { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }).format(
    date,
  );
}

function capitalised(word: string, language: string): string {
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}
