import { wordsIn } from '@dialog/shared/words';
import { SECTIONS, type SettingEntry, type SettingsSection } from './sections.ts';
import type { WordKey } from './useWords.ts';

export interface FoundSetting {
  readonly section: SettingsSection;
  /** Undefined: the section itself. */
  readonly entry: SettingEntry | undefined;
  readonly title: string;
  /** Everything it is found by. */
  readonly words: string;
}

/** All that can be found, in the order of the page. */
export function findable(say: (key: WordKey) => string, sections = SECTIONS): readonly FoundSetting[] {
  return sections.flatMap((section) => [
    { section, entry: undefined, title: say(section.title), words: say(section.title) },
    ...section.entries.map((entry) => {
      const title = say(entry.title);
      const also = entry.alsoFoundBy === undefined ? '' : say(entry.alsoFoundBy);
      return { section, entry, title, words: `${title} ${also} ${say(section.title)}` };
    }),
  ]);
}

/** Those of which some word begins with each word typed, in any order; what is found by its title comes first. */
export function findSettings(settings: readonly FoundSetting[], question: string): readonly FoundSetting[] {
  const typed = wordsIn(question).map(({ word }) => word);
  if (typed.length === 0) return [];
  const has = (text: string): boolean => {
    const words = wordsIn(text).map(({ word }) => word);
    return typed.every((beginning) => words.some((word) => word.startsWith(beginning)));
  };
  const found = settings.filter(({ words }) => has(words));
  return [...found.filter(({ title }) => has(title)), ...found.filter(({ title }) => !has(title))];
}
