import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { systemClock } from '../../platform/clock.ts';
import { toast } from '../../ui/toast.ts';
import { writeCaptions } from './captions.ts';
import { makerHere, useCaptionLanguages } from './useCaptionLanguages.ts';

/** The last words of the others, as long as this stands: while captions are switched on in a call. */
export function useCaptions(): string {
  const { t } = useTranslation('lobby');
  const { language } = useCaptionLanguages();
  const [words, setWords] = useState('');
  useEffect(() => {
    if (language === undefined) return undefined;
    const failed = (): void => toast(t('captionsFailed'), { kind: 'danger' });
    return writeCaptions({ maker: makerHere(), language, clock: systemClock, write: setWords, failed });
  }, [language, t]);
  return words;
}
