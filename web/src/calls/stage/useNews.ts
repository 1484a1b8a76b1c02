import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useTalkHolds } from '../devices/useTalkHolds.ts';
import { useCalls } from '../useCalls.ts';
import { chime } from './chime.ts';
import { firstNames, NEWS, newsBetween, ownNewsBetween, ownSides, type Reacted, reactionsTogether } from './news.ts';
import { useReactions } from './useStage.ts';

/** What happens meanwhile is said in the same breath. */
const GATHERED_MS = 1_200;
/** Between two sentences about emoji: applause goes on for long, and is no speech. */
const REACTIONS_REST_MS = 5_000;
/** A device that starts is on or fails by then; whoever presses twice hears where it ended. */
const SETTLED_MS = 200;

type Say = (text: string) => void;

/** Who comes, goes, raises a hand, shares, and holds the call; a raised hand is heard by everyone. */
export function useNews(say: Say): void {
  const { t } = useTranslation('stage');
  const { own } = useCalls();
  const list = useNameList();
  useEffect(() => {
    const now = (): ReturnType<typeof own.store.getState>['active'] => own.store.getState().active;
    let call = now()?.callId;
    let before = now()?.people ?? [];
    let seen = before;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function tell(): void {
      timer = undefined;
      const news = newsBetween(before, seen);
      before = seen;
      const sentences = NEWS.filter((kind) => news[kind].length > 0).map((kind) =>
        t(`said_${kind}`, { count: news[kind].length, names: list(news[kind]) }),
      );
      if (sentences.length > 0) say(sentences.join(' '));
    }

    const stop = own.store.subscribe(() => {
      const active = now();
      if (!active || active.people === seen) return;
      if (active.callId === call) {
        if (newsBetween(seen, active.people).handUp.length > 0) chime();
      } else {
        // Another call was taken up: nobody came or went.
        call = active.callId;
        before = active.people;
      }
      seen = active.people;
      timer ??= setTimeout(tell, GATHERED_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [own, t, list, say]);
}

/** The emoji of others: they float without a word, and mine I have pressed myself. */
export function useReactionNews(say: Say): void {
  const { t } = useTranslation('stage');
  const { own } = useCalls();
  const { store } = useReactions();
  const list = useNameList();
  useEffect(() => {
    let lastId = newestOf(store.getState());
    let gathered: Reacted[] = [];
    let restsUntil = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function tell(): void {
      timer = undefined;
      restsUntil = performance.now() + REACTIONS_REST_MS;
      const { names, emoji } = reactionsTogether(gathered);
      gathered = [];
      say(t('said_reacting', { count: names.length, names: list(names), emoji: emoji.join(' ') }));
    }

    const stop = store.subscribe((all) => {
      const since = lastId;
      lastId = Math.max(lastId, newestOf(all));
      for (const { identity, isMe, name } of own.store.getState().active?.people ?? []) {
        const fresh = isMe ? [] : (all.get(identity) ?? []).filter(({ id }) => id > since);
        gathered.push(...fresh.map(({ emoji }) => ({ name, emoji })));
      }
      if (gathered.length > 0) timer ??= setTimeout(tell, Math.max(GATHERED_MS, restsUntil - performance.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [own, store, t, list, say]);
}

function newestOf(all: ReadonlyMap<string, readonly { readonly id: number }[]>): number {
  return Math.max(0, ...[...all.values()].flatMap((floating) => floating.map(({ id }) => id)));
}

/**
 * Whether I am heard and seen, whoever or whatever changed it: a key pressed while the focus is elsewhere, which nothing
 * else tells of, the button itself, or who keeps order. After a press on the button a screen reader may read its new label
 * too; but that names what the next press would do, and not every one reads it. Whether one is heard is worth two words
 * more. Push to talk says nothing: one would be talked into at each word.
 */
export function useOwnNews(say: Say): void {
  const { t } = useTranslation('stage');
  const { own } = useCalls();
  const holds = useTalkHolds();
  useEffect(() => {
    const look = (): ReturnType<typeof ownSides> =>
      ownSides(own.media.store.getState(), own.store.getState().active?.people ?? []);
    let before = look();
    let timer: ReturnType<typeof setTimeout> | undefined;

    function tell(): void {
      timer = undefined;
      if (holds.store.getState().isHeld) return;
      const { news, sides } = ownNewsBetween(before, look());
      before = sides;
      if (news.length > 0) say(news.map((kind) => t(`said_${kind}`)).join(' '));
    }

    const soon = (): void => void (timer ??= setTimeout(tell, SETTLED_MS));
    const stops = [own.store, own.media.store, holds.store].map((store) => store.subscribe(soon));
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
    };
  }, [own, holds, t, say]);
}

/** Names in one breath, however many. */
function useNameList(): (names: readonly string[]) => string {
  const { t, i18n } = useTranslation('stage');
  const { language } = i18n;
  return useCallback(
    (names) => {
      const { first, others } = firstNames(names);
      const all = others > 0 ? [...first, t('said_others', { count: others })] : first;
      return new Intl.ListFormat(language).format(all);
    },
    [t, language],
  );
}
