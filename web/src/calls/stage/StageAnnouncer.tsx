import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalls } from '../useCalls.ts';
import { chime } from './chime.ts';
import { NEWS, newsBetween } from './news.ts';

/** What happens meanwhile is said in the same breath. */
const GATHERED_MS = 1_200;

/** Says to screen readers who comes, goes, raises a hand, shares, and holds the call; a raised hand is heard by everyone. */
export function StageAnnouncer(): ReactNode {
  const { t, i18n } = useTranslation('stage');
  const { own } = useCalls();
  const [said, setSaid] = useState('');
  useEffect(() => {
    const now = (): ReturnType<typeof own.store.getState>['active'] => own.store.getState().active;
    let before = now()?.people ?? [];
    let seen = before;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function tell(): void {
      timer = undefined;
      const news = newsBetween(before, seen);
      before = seen;
      const list = new Intl.ListFormat(i18n.language);
      const sentences = NEWS.filter((kind) => news[kind].length > 0).map((kind) =>
        t(`said_${kind}`, { count: news[kind].length, names: list.format(news[kind]) }),
      );
      if (sentences.length > 0) setSaid(sentences.join(' '));
    }

    const stop = own.store.subscribe(() => {
      const call = now();
      if (!call || call.people === seen) return;
      if (newsBetween(seen, call.people).handUp.length > 0) chime();
      seen = call.people;
      timer ??= setTimeout(tell, GATHERED_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [own, t, i18n]);
  return (
    <div className="visually-hidden" aria-live="polite">
      {said}
    </div>
  );
}
