import { bringWords, type Language } from '../platform/i18n.ts';

/** The words about devices and the lobby: brought with what says them. */
export function bringLobbyWords(): Promise<void> {
  return bringWords(load);
}

async function load(language: Language) {
  const { default: lobby } =
    language === 'de' ? await import('./lobby/words.de.json') : await import('./lobby/words.en.json');
  return { lobby };
}
