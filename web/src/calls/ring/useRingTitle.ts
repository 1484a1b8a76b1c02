import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRingName } from './useRingName.ts';
import type { Incoming } from './rings.state.ts';

/** The tab says who calls, by turns with where one is. */
export function useRingTitle(ring: Incoming | undefined): void {
  const { t } = useTranslation('ring');
  const { caller } = useRingName(ring);
  const said = ring && t('title', { name: caller });
  useEffect(() => {
    if (said === undefined) return undefined;
    let before = document.title;
    const turn = (): void => {
      if (document.title !== said) before = document.title;
      document.title = document.title === said ? before : said;
    };
    turn();
    const timer = setInterval(turn, 1_500);
    return () => {
      clearInterval(timer);
      if (document.title === said) document.title = before;
    };
  }, [said]);
}
