import { canRecognise, type RecognitionMaker } from './recogniser.ts';

/** In what browsers recognise on the device, where they do; one that lacks some of them says so. */
const KNOWN = [
  'de-DE',
  'en-US',
  'es-ES',
  'fr-FR',
  'hi-IN',
  'id-ID',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'pl-PL',
  'pt-BR',
  'ru-RU',
  'th-TH',
  'tr-TR',
  'vi-VN',
  'zh-CN',
] as const;

interface Reader {
  /** Of the page. */
  readonly language: string;
  /** The browser's own, the first one first; the place matters to recognisers. */
  readonly preferred: readonly string[];
}

/** What may be spoken here, with its place, the language of the page first. */
export function likelyLanguages({ language, preferred }: Reader): readonly string[] {
  const named = [...preferred.filter((one) => one.includes('-')), ...KNOWN];
  const isOfPage = (one: string): boolean => languageOf(one) === language;
  return [...new Set([...named.filter(isOfPage), ...named])];
}

/** Those of them that this browser writes down by itself, each language in its first place. */
export async function recognisedAmong(
  maker: RecognitionMaker | undefined,
  languages: readonly string[],
): Promise<readonly string[]> {
  const can = await Promise.all(languages.map((language) => canRecognise(maker, language)));
  const recognised = languages.filter((_, at) => can[at]);
  const known = recognised.map(languageOf);
  return recognised.filter((one, at) => known.indexOf(languageOf(one)) === at);
}

/** Without its place. */
export function languageOf(tag: string): string {
  return tag.split('-')[0] ?? tag;
}
