/**
 * Words of a text as search knows them, the same on both sides: the server makes its index of them, the browser marks
 * them. One pass over the text whatever it holds (SECURITY attack 17): no expression here can backtrack.
 */

/** A word and the stretch of the text that it was read from. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A word that is looked for. */
export interface WantedWord {
  readonly word: string;
  /** The text's word may go on after it. */
  readonly isBeginning: boolean;
}

/** More of a word tells nothing more apart. */
const WORD_MAX = 64;
/** More words in one question make it slower, not better. */
const WANTED_MAX = 8;

/** Letters and digits with their marks; each picture by itself, and flags. */
const RUN = /[\p{L}\p{M}\p{N}\u200c\u200d]+|\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/gu;
/** Scripts written without spaces: only a dictionary knows where a word ends. */
const UNSPACED =
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PLAIN = /^[0-9A-Za-z]+$/;

/** Accents that people leave out: over Latin and Greek letters, and of ё. Elsewhere a mark makes another letter (й, が, ि). */
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+|(\u0435)\u0308/gu;
/** Vowel signs of Hebrew and Arabic, stretching, joiners, and what picks the look of a picture. */
const UNWRITTEN =
  /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]|[\u200c-\u200d]|[\ufe00-\ufe0f]|\u20e3/gu;
const SAME_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
  ['ى', 'ي'],
]);
const SAME_LETTER = new RegExp(`[${[...SAME_LETTERS.keys()].join('')}]`, 'gu');

let dictionary: Intl.Segmenter | undefined;

/** The words of a text in their order. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (!PLAIN.test(run) && isUnspaced(run)) addByDictionary(words, run, index);
    else add(words, run, index);
  }
  return words;
}

/** What a person looks for. The last word may be a beginning, and so may words of scripts without spaces. */
export function wantedWords(question: string): WantedWord[] {
  const words = [...new Set(wordsIn(question).map(({ word }) => word))].slice(0, WANTED_MAX);
  return words.map((word, at) => ({
    word,
    isBeginning: isUnspaced(word) || (at === words.length - 1 && word.length > 1),
  }));
}

/** The stretches of a text that were looked for, in their order. */
export function marksIn(text: string, wanted: readonly WantedWord[]): readonly Word[] {
  return wordsIn(text).filter(({ word }) => wanted.some((one) => isFound(one, word)));
}

/** Whether all that is wanted is in the text. */
export function holdsAll(text: string, wanted: readonly WantedWord[]): boolean {
  const words = wordsIn(text);
  return wanted.every((one) => words.some(({ word }) => isFound(one, word)));
}

export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

function isFound({ word: wanted, isBeginning }: WantedWord, word: string): boolean {
  return isBeginning ? word.startsWith(wanted) : word === wanted;
}

function addByDictionary(words: Word[], run: string, offset: number): void {
  dictionary ??= new Intl.Segmenter('en', { granularity: 'word' });
  for (const { segment, index, isWordLike } of dictionary.segment(run)) {
    if (isWordLike === true) add(words, segment, offset + index);
  }
}

function add(words: Word[], written: string, start: number): void {
  const word = fold(written);
  if (word !== '') words.push({ word, start, end: start + written.length });
}

/** One form for all ways of writing a word. */
function fold(written: string): string {
  const folded = PLAIN.test(written) ? written.toLowerCase() : foldLetters(written);
  return folded.slice(0, WORD_MAX);
}

function foldLetters(written: string): string {
  return written
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(ACCENTED, '$1$2')
    .replaceAll(UNWRITTEN, '')
    .normalize('NFC')
    .replaceAll(SAME_LETTER, (letter) => SAME_LETTERS.get(letter) ?? letter);
}
