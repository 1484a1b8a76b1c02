import { dateAndTime, timeOfDay } from '../chats/times.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** When a morning begins. */
const MORNING_HOUR = 8;

/** For how long one may choose how to be seen. */
export const SPANS = [
  { word: 'spanForGood', until: () => null },
  { word: 'spanHalfHour', until: after(30) },
  { word: 'spanHour', until: after(60) },
  { word: 'spanFourHours', until: after(240) },
  { word: 'spanMorning', until: nextMorning },
] as const;

function after(minutes: number): (now: number) => string {
  return (now) => new Date(now + minutes * MINUTE_MS).toISOString();
}

/** Tomorrow's morning here; today's, in the small hours. */
function nextMorning(now: number): string {
  const morning = new Date(now);
  if (morning.getHours() >= MORNING_HOUR) morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning.toISOString();
}

/** The time alone where nobody can take it for another day's. */
export function endText(until: string, language: string, now = Date.now()): string {
  const isNear = Date.parse(until) - now < DAY_MS;
  return isNear ? timeOfDay(until, language) : dateAndTime(until, language);
}
