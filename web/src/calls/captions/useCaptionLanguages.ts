import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { keep, kept } from '../../platform/keepsakes.ts';
import { likelyLanguages, recognisedAmong } from './languages.ts';
import type { RecognitionMaker } from './recogniser.ts';

/** Remembered on this device; null: as the page. */
const chosen = createStore<{ readonly language: string | null }>(() => ({ language: kept('call-captions') }));

function hasMaker(scope: object): scope is { readonly SpeechRecognition: RecognitionMaker } {
  return 'SpeechRecognition' in scope;
}

export function makerHere(): RecognitionMaker | undefined {
  const scope: object = globalThis;
  return hasMaker(scope) ? scope.SpeechRecognition : undefined;
}

export function chooseCaptionLanguage(language: string): void {
  keep('call-captions', language);
  chosen.setState({ language });
}

/** In which languages there can be captions here, written on this device or not at all, and in which there are. */
export function useCaptionLanguages() {
  const pageLanguage = useTranslation().i18n.language;
  const wanted = useStore(chosen, ({ language }) => language);
  const [languages, setLanguages] = useState<readonly string[]>([]);
  useEffect(() => {
    let isAsking = true;
    const likely = likelyLanguages({ language: pageLanguage, preferred: navigator.languages });
    void recognisedAmong(makerHere(), likely).then((found) => isAsking && setLanguages(found));
    return () => {
      isAsking = false;
    };
  }, [pageLanguage]);
  return { languages, language: languages.find((one) => one === wanted) ?? languages[0] };
}
