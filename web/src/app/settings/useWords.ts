import { useTranslation } from 'react-i18next';
import type { words } from '../words.en.ts';
import type { words as late } from '../words.late.en.ts';

type Words = typeof words & typeof late;

/** A sentence of any catalogue, as `feature:key`. */
export type WordKey = { [Name in keyof Words]: `${Name}:${keyof Words[Name] & string}` }[keyof Words];

/** Says sentences without gaps, of whatever catalogue, in the reader's language. */
export function useWords(): (key: WordKey) => string {
  const { i18n } = useTranslation('settings');
  return (key) => {
    const [feature = '', word = ''] = key.split(':');
    const sentence: unknown = i18n.getResource(i18n.language, feature, word);
    return typeof sentence === 'string' ? sentence : '';
  };
}
