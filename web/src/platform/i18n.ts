import { createInstance, type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { createStore } from 'zustand/vanilla';
import { keep, kept } from './keepsakes.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language chosen on this device; null while the browser's preference decides. */
export const languageStore = createStore<{ readonly chosen: Language | null }>(() => ({ chosen: chosenLanguage() }));

/** Brings one language's catalogues, by feature. */
type LoadWords = (language: Language) => Promise<ResourceLanguage>;

const words = createInstance();
let loadWords: LoadWords | undefined;
/** The language asked for last: what was asked for before may be loaded after it. */
let asked: Language | undefined;
/** Of what no first screen says; those that were asked for. */
const lateLoads = new Map<LoadWords, Promise<void>>();

/** Before the first render: the language this browser was set to, else the first of the person's that we have. */
export async function startWords(load: LoadWords): Promise<void> {
  loadWords = load;
  const language = chosenLanguage() ?? preferredLanguage(navigator.languages);
  await words.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await load(language) },
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
    react: { useSuspense: false },
  });
  showLanguage(language);
}

/** Brings words beside the code that says them. Rejects when the network does; the next call tries again. */
export function bringWords(load: LoadWords): Promise<void> {
  const known = lateLoads.get(load);
  if (known) return known;
  const coming = add(load, words.language);
  lateLoads.set(load, coming);
  coming.catch(() => lateLoads.delete(load));
  return coming;
}

/** Switches without reload. `null` follows the browser's preference again. */
export async function setLanguage(language: Language | null): Promise<void> {
  keep('language', language);
  languageStore.setState({ chosen: language });
  await switchTo(language ?? preferredLanguage(navigator.languages));
}

export function followLanguageOfOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key !== 'dialog.language') return;
    const chosen = chosenLanguage();
    languageStore.setState({ chosen });
    void switchTo(chosen ?? preferredLanguage(navigator.languages));
  });
}

function chosenLanguage(): Language | null {
  const remembered = kept('language');
  return LANGUAGES.find((language) => language === remembered) ?? null;
}

function preferredLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const match = LANGUAGES.find((language) => wish.toLowerCase().split('-')[0] === language);
    if (match) return match;
  }
  return 'en';
}

async function switchTo(language: Language): Promise<void> {
  asked = language;
  if (words.language === language || !loadWords) return;
  await Promise.all([loadWords, ...lateLoads.keys()].map((load) => add(load, language)));
  // Another one was asked for meanwhile, or this choice was undone.
  if (asked !== language) return;
  await words.changeLanguage(language);
  showLanguage(language);
}

async function add(load: LoadWords, wanted: string): Promise<void> {
  const language = LANGUAGES.find((one) => one === wanted) ?? 'en';
  const catalogues = await load(language);
  for (const [feature, catalogue] of Object.entries(catalogues)) words.addResourceBundle(language, feature, catalogue);
}

function showLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = words.dir(language);
}
