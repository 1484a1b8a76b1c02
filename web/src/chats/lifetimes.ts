import type { MessageLifetime } from '@dialog/shared/messages.values';

const DAY_SECONDS = 86_400;

/** How long messages stay, in words: in days, or in hours below one. */
export function lifetimeText(seconds: MessageLifetime, language: string): string {
  const [value, unit] = seconds < DAY_SECONDS ? [seconds / 3_600, 'hour'] : [seconds / DAY_SECONDS, 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
