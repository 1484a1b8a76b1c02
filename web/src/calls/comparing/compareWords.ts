import { bringWords, type Language } from '../../platform/i18n.ts';

/** What is said about comparing, and what each sign is called: brought with what says them. */
export function bringCompareWords(): Promise<void> {
  return bringWords(load);
}

async function load(language: Language) {
  const { default: comparing } = language === 'de' ? await import('./words.de.json') : await import('./words.en.json');
  return { comparing };
}
