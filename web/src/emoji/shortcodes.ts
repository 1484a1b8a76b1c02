import { createLate } from '../platform/late.ts';

/** `:code:` stands for an emoji while one writes. */
export interface Shortcode {
  readonly code: string;
  readonly emoji: string;
}

export const shortcodesLate = createLate(() => import('./shortcodes.data.ts'));

/** Codes that begin with a query before those that hold it; each emoji once. */
export function matchingShortcodes(all: readonly Shortcode[], query: string, max: number): readonly Shortcode[] {
  const wanted = query.toLowerCase();
  const begin = all.filter(({ code }) => code.startsWith(wanted)).toSorted((a, b) => a.code.length - b.code.length);
  const hold = all.filter(({ code }) => code.includes(wanted, 1));
  const once = new Map<string, Shortcode>();
  for (const shortcode of [...begin, ...hold]) if (!once.has(shortcode.emoji)) once.set(shortcode.emoji, shortcode);
  return [...once.values()].slice(0, max);
}

export function emojiOfCode(all: readonly Shortcode[], code: string): string | undefined {
  const wanted = code.toLowerCase();
  return all.find((one) => one.code === wanted)?.emoji;
}
