/** Up to this many are shown large. */
const LARGE_MAX = 3;
/** Longer than three families of four with skin tones, and no text to take apart. */
const LENGTH_MAX = 90;

const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}$|[#*0-9]\ufe0f?\u20e3)/u;
/** Pictographs that are text unless told otherwise: "©", "↔", "™". */
const SHOWN_AS_EMOJI = /\p{Emoji_Presentation}|\ufe0f|\u20e3/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a text is one to three emoji and nothing else, spaces aside. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > LENGTH_MAX) return false;
  const signs = [...graphemes.segment(text)].map(({ segment }) => segment).filter((sign) => sign.trim() !== '');
  return signs.length > 0 && signs.length <= LARGE_MAX && signs.every(isEmoji);
}

function isEmoji(grapheme: string): boolean {
  return EMOJI.test(grapheme) && SHOWN_AS_EMOJI.test(grapheme);
}
