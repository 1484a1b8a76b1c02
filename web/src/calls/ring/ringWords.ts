import { bringWords, type Language } from '../../platform/i18n.ts';

/** The words about ringing: brought with what says them. */
export function bringRingWords(): Promise<void> {
  return bringWords(load);
}

async function load(language: Language) {
  const { default: ring } = language === 'de' ? await import('./words.de.json') : await import('./words.en.json');
  return { ring };
}
