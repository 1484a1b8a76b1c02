import { useTranslation } from 'react-i18next';
import { ApiError, type ApiErrorCode } from './api.ts';
import type words from './words.en.json';

type Sentences = Record<ApiErrorCode, string>;
type Checked<W extends Sentences> = keyof W;
/** A code added to the contract without a sentence does not compile. @public, for nobody uses it but the compiler. */
export type ErrorWord = Checked<typeof words>;

/** How long a person would count the seconds; beyond it the sentence alone is kinder. */
const COUNTED_UP_TO_SECONDS = 120;

/** One sentence for a failure, in the person's language. */
export function useErrorText(): (failure: unknown) => string {
  const { t } = useTranslation('platform');
  return (failure) => {
    if (!(failure instanceof ApiError)) return t('internal');
    const seconds = Math.ceil(failure.retryAfterSeconds ?? 0);
    const sentence = t(failure.code);
    return seconds > 1 && seconds <= COUNTED_UP_TO_SECONDS
      ? `${sentence} ${t('retryIn', { count: seconds })}`
      : sentence;
  };
}
