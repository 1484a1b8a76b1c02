/** A moment as people say it in their language: the time, and the day when it is not today. */
export function dayAndTime(time: string, language: string, now = new Date()): string {
  const moment = new Date(time);
  const isToday = moment.toDateString() === now.toDateString();
  const isThisYear = moment.getFullYear() === now.getFullYear();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) } as const);
  return new Intl.DateTimeFormat(language, { ...day, hour: 'numeric', minute: '2-digit' }).format(moment);
}
