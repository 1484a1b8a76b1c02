import { bringWords, type Language } from '../platform/i18n.ts';

/** Words that no first screen says; awaited by the `lazy` imports of what says them. */
export function bringLateWords(): Promise<void> {
  return bringWords(load);
}

async function load(language: Language) {
  return language === 'de' ? (await import('./words.late.de.ts')).words : (await import('./words.late.en.ts')).words;
}
