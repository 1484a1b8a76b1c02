import emojis from 'emojibase-data/en/data.json';
import codes from 'emojibase-data/en/shortcodes/github.json';
import { asWritten, isOffered } from './emojiData.ts';
import type { Shortcode } from './shortcodes.ts';

/** Every emoji under each of its names, those used most first as the standard has them. */
export const SHORTCODES: readonly Shortcode[] = emojis
  .filter(isOffered)
  .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
  .flatMap(({ hexcode, emoji }) => [codes[hexcode] ?? []].flat().map((code) => ({ code, emoji: asWritten(emoji) })));
