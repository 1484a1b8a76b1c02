import codes from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' };

/** What the emoji that everyone has are called while one writes: a group's own go by other names. */
export const STANDARD_NAMES: ReadonlySet<string> = new Set(Object.values(codes).flat());
