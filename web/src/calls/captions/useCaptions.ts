import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalMedia } from '../useCalls.ts';
import { mixOthers } from './othersSound.ts';
import { canRecognise, type RecognitionMaker, recognise } from './recogniser.ts';

/** Without new words they have been read. */
const SHOWN_MS = 6_000;

/** The place matters to recognisers; the browser's own is taken where it is of the same language. */
const PLACES: Readonly<Record<string, string>> = { en: 'en-US', de: 'de-DE' };

function hasMaker(scope: object): scope is { readonly SpeechRecognition: RecognitionMaker } {
  return 'SpeechRecognition' in scope;
}

function makerHere(): RecognitionMaker | undefined {
  const scope: object = globalThis;
  return hasMaker(scope) ? scope.SpeechRecognition : undefined;
}

function useSpokenLanguage(): string {
  const { language } = useTranslation().i18n;
  return navigator.languages.find((one) => one.startsWith(`${language}-`)) ?? PLACES[language] ?? language;
}

/** Whether there can be captions here: written on this device or not at all. */
export function useCanCaption(): boolean {
  const language = useSpokenLanguage();
  const [isPossible, setPossible] = useState(false);
  useEffect(() => {
    let isAsking = true;
    void canRecognise(makerHere(), language).then((is) => isAsking && setPossible(is));
    return () => {
      isAsking = false;
    };
  }, [language]);
  return isPossible;
}

/** The last words of the others, while captions are on; empty when nobody has spoken for a while. */
export function useCaptions(): string {
  const isOn = useLocalMedia(({ habits }) => habits.hasCaptions);
  const isPossible = useCanCaption();
  const language = useSpokenLanguage();
  const [words, setWords] = useState('');
  useEffect(() => {
    const maker = makerHere();
    if (!isOn || !isPossible || !maker) return undefined;
    const others = mixOthers();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = (said: string): void => {
      setWords(said);
      clearTimeout(timer);
      timer = setTimeout(() => setWords(''), SHOWN_MS);
    };
    const now = (): number => performance.now();
    const stop = others.track && recognise({ maker, language, track: others.track, now, write });
    return () => {
      clearTimeout(timer);
      stop?.();
      others.stop();
      setWords('');
    };
  }, [isOn, isPossible, language]);
  return words;
}
