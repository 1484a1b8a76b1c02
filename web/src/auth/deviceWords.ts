import { bringWords, type Language } from '../platform/i18n.ts';

/** The words about devices, e-mail addresses and letting new devices in: brought with what says them. */
export function bringDeviceWords(): Promise<void> {
  return bringWords(load);
}

async function load(language: Language) {
  const { default: devices } =
    language === 'de' ? await import('./devices/words.de.json') : await import('./devices/words.en.json');
  return { devices };
}
