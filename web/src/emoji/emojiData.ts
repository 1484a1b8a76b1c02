import type { EmojiData, SkinTone } from 'frimousse';

type Tone = Exclude<SkinTone, 'none'>;
type Source = (typeof import('emojibase-data/en/data.json'))['default'][number];

/** Newer ones are boxes on many machines still. */
const VERSION_MAX = 15;
/** Parts of other emoji, such as skin tones. */
const COMPONENT = 'component';
const TONES: readonly Tone[] = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'];

/** All emoji with their names in one language, brought from our own origin when first asked for. */
export async function loadEmojiData(locale: string): Promise<EmojiData> {
  const [{ default: emojis }, { default: messages }] = await (locale === 'de' ? german() : english());
  return {
    locale,
    emojis: emojis.filter(isOffered).map((emoji) => ({
      emoji: asWritten(emoji.emoji),
      category: emoji.group ?? 0,
      label: emoji.label,
      version: emoji.version,
      tags: emoji.tags ?? [],
      skins: skinsOf(emoji),
    })),
    categories: messages.groups
      .filter(({ key }) => key !== COMPONENT)
      .map(({ order, message }) => ({ index: order, label: message })),
    skinTones: toneNames(messages.skinTones),
  };
}

function english() {
  return Promise.all([import('emojibase-data/en/data.json'), import('emojibase-data/en/messages.json')]);
}

function german() {
  return Promise.all([import('emojibase-data/de/data.json'), import('emojibase-data/de/messages.json')]);
}

export function isOffered({ group, version }: Pick<Source, 'group' | 'version'>): boolean {
  return group !== undefined && version <= VERSION_MAX;
}

/** Without the sign that asks for a picture where there is nothing but a picture: equal emoji are equal texts. */
export function asWritten(emoji: string): string {
  return emoji.replaceAll(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');
}

function skinsOf({ skins }: Source): Record<Tone, string> | undefined {
  const toned = TONES.map((_, index) => skins?.find(({ tone }) => tone === index + 1)?.emoji);
  const [light, mediumLight, medium, mediumDark, dark] = toned;
  if (!light || !mediumLight || !medium || !mediumDark || !dark) return undefined;
  return { light, 'medium-light': mediumLight, medium, 'medium-dark': mediumDark, dark };
}

function toneNames(named: readonly { readonly key: string; readonly message: string }[]): Record<Tone, string> {
  const nameOf = (tone: Tone): string => named.find(({ key }) => key === tone)?.message ?? tone;
  return {
    light: nameOf('light'),
    'medium-light': nameOf('medium-light'),
    medium: nameOf('medium'),
    'medium-dark': nameOf('medium-dark'),
    dark: nameOf('dark'),
  };
}
