/** The words that people use most, the most frequent first. */
const COMMON =
  'the to and you i a it that is in of for we on have be this are not but so can me do my at with will what they there was just if or all your no one get know then how up out now go from as about see time when like would some here them he she want think more yes good did over had by am by back us really work day today tomorrow ok thanks tonight later home come let need still maybe sure great new also who where why could only after before too way people well should week right been next very much does make two take tell has off meeting last first again love always never call friday monday morning evening weekend coffee lunch train ticket house garden school doctor birthday photo music film book dinner market office project budget report invoice deadline customer release harbour boat sail mooring rope anchor'.split(
    ' ',
  );
const SYLLABLES =
  'ba be bi bo ca ce co da de di do fa fe fi ga ge go ha he hi ho ka ke ki la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo wa we zu tri ster lan dor ving mark sund berg ford'.split(
    ' ',
  );
const VOCABULARY = 20_000;
const LINK_EVERY = 40;

/** Mulberry32: the same story for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sentences whose words are as frequent as in people's: the n-th word comes about 1/n as often as the first (Zipf). */
export function createSentences(random: () => number): () => string {
  const words = [...COMMON];
  while (words.length < VOCABULARY) words.push(madeUp(random));
  const below = Math.log(VOCABULARY + 1);
  const word = (): string => words[Math.floor(Math.exp(random() * below)) - 1] ?? 'the';
  return () => {
    const length = 1 + Math.floor(-Math.log(1 - random()) * 8);
    const said = Array.from({ length: Math.min(60, length) }, word).join(' ');
    return random() < 1 / LINK_EVERY ? `${said} https://${word()}.example/${word()}` : said;
  };
}

function madeUp(random: () => number): string {
  const syllables = 2 + Math.floor(random() * 3);
  return Array.from({ length: syllables }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '').join('');
}
