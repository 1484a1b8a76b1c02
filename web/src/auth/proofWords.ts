import { bringWords, type Language } from '../platform/i18n.ts';

/** The words about proving who one is: brought with what says them. */
export function bringProofWords(): Promise<void> {
  return bringWords(load);
}

async function load(language: Language) {
  const { default: proofs } =
    language === 'de' ? await import('./proofs/words.de.json') : await import('./proofs/words.en.json');
  return { proofs };
}
