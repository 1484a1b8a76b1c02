import { useTranslation } from 'react-i18next';

/** A span of time as a person would say it: in hours, minutes or seconds, whichever comes out even. */
export function useSpan(): (seconds: number) => string {
  const { i18n } = useTranslation();
  return (seconds) => spanText(seconds, i18n.language);
}

export function spanText(seconds: number, language: string): string {
  const [value, unit] = inUnit(seconds);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

function inUnit(seconds: number): [number, 'day' | 'hour' | 'minute' | 'second'] {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return [seconds / 86_400, 'day'];
  if (seconds >= 3_600 && seconds % 3_600 === 0) return [seconds / 3_600, 'hour'];
  return seconds >= 60 && seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
}
