import { type Gif, GIF_WORDS_MAX, gifRoutes } from '@dialog/shared/gifs';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';

export interface GifSearchState {
  /** Of the last answer; undefined before the first. */
  readonly gifs: readonly Gif[] | undefined;
  readonly hasMore: boolean;
  readonly isAsking: boolean;
  readonly failure: unknown;
}

export interface GifSearch {
  readonly store: StoreApi<GifSearchState>;
  /** Without words: what is liked. The last question wins. */
  ask(words: string): void;
  more(): void;
  retry(): void;
  stop(): void;
}

interface GifSearchDeps {
  readonly call: Call;
  readonly clock: Clock;
  readonly language: string;
}

/** Giphy counts its questions, so typing asks when it pauses. */
const PAUSE_MS = 350;

export function createGifSearch({ call, clock, language }: GifSearchDeps): GifSearch {
  const store = createStore<GifSearchState>(() => ({
    gifs: undefined,
    hasMore: false,
    isAsking: false,
    failure: undefined,
  }));
  let words = '';
  let next: number | null = 0;
  let asking = new AbortController();
  let callOff = (): void => undefined;

  async function send(offset: number): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    store.setState({ isAsking: true, failure: undefined });
    try {
      const answer = await call(gifRoutes.searchGifs, { body: { words, language, offset } }, { signal });
      if (signal.aborted) return;
      next = answer.nextOffset;
      const before = offset === 0 ? [] : (store.getState().gifs ?? []);
      const gifs = withoutRepeats([...before, ...answer.gifs]);
      store.setState({ gifs, hasMore: next !== null, isAsking: false });
    } catch (failure) {
      if (!signal.aborted) store.setState({ isAsking: false, failure });
    }
  }

  function askNow(): void {
    next = 0;
    void send(0);
  }

  return {
    store,
    ask(typed) {
      const wanted = typed.trim().slice(0, GIF_WORDS_MAX);
      if (wanted === words && store.getState().gifs !== undefined) return;
      words = wanted;
      callOff();
      if (wanted === '') askNow();
      else callOff = clock.after(PAUSE_MS, askNow);
    },
    more() {
      const { isAsking, failure } = store.getState();
      if (!isAsking && failure === undefined && next !== null) void send(next);
    },
    retry: () => void send(next ?? 0),
    stop() {
      callOff();
      asking.abort();
    },
  };
}

/** What is liked moves between two pages. */
function withoutRepeats(gifs: readonly Gif[]): readonly Gif[] {
  return [...new Map(gifs.map((gif) => [gif.id, gif])).values()];
}
