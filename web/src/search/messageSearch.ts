import type { RouteReply, RouteRequest } from '@dialog/shared/contract/routes';
import { searchedText, type SearchHit, searchRoutes } from '@dialog/shared/search';
import { holdsAll, type WantedWord, wantedWords } from '@dialog/shared/words';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';

/** What one looks for. */
export type Question = Omit<RouteRequest<typeof searchRoutes.searchMessages>['body'], 'before'>;
type Answer = RouteReply<typeof searchRoutes.searchMessages>;

export interface SearchState {
  /** Null: nothing is asked, and nothing shown. */
  readonly question: Question | null;
  /** The answer shown; of the question before while the next one is under way. */
  readonly hits: readonly SearchHit[];
  /** Whether `hits` answers `question`. */
  readonly isAnswered: boolean;
  readonly isAsking: boolean;
  readonly hasMore: boolean;
  readonly failure: unknown;
}

export interface MessageSearch {
  readonly store: StoreApi<SearchState>;
  /** Asks a moment later, so that typing does not ask with every letter; the last question wins. */
  ask(question: Question | null): void;
  more(): void;
  retry(): void;
  stop(): void;
}

interface Deps {
  readonly call: Call;
  readonly clock: Clock;
}

const WAIT_MS = 150;
/** An answer that was complete is narrowed down here for so long; after that news may be missing in it. */
const NARROWED_MS = 10_000;
/** After a refusal for haste or load the question goes on by itself. */
const RETRIED_CODES = new Set(['rate-limited', 'busy']);
const RETRY_SECONDS = 2;

const NOTHING: SearchState = {
  question: null,
  hits: [],
  isAnswered: false,
  isAsking: false,
  hasMore: false,
  failure: undefined,
};

export function createMessageSearch({ call, clock }: Deps): MessageSearch {
  const store = createStore<SearchState>(() => NOTHING);
  let asking = new AbortController();
  let callOff = (): void => {};
  let last: { readonly question: Question; readonly answer: Answer; readonly at: number } | undefined;

  function drop(): void {
    callOff();
    asking.abort();
    asking = new AbortController();
  }

  async function send(question: Question, before: Answer['next']): Promise<void> {
    const { signal } = asking;
    store.setState({ isAsking: true, failure: undefined });
    try {
      const answer = await call(searchRoutes.searchMessages, { body: bodyOf(question, before) }, { signal });
      if (signal.aborted) return;
      show(question, before ? { ...answer, hits: [...store.getState().hits, ...answer.hits] } : answer);
    } catch (failure) {
      if (signal.aborted) return;
      store.setState({ isAsking: false, failure });
      if (failure instanceof ApiError && RETRIED_CODES.has(failure.code)) {
        callOff = clock.after((failure.retryAfterSeconds ?? RETRY_SECONDS) * 1_000, () => void send(question, before));
      }
    }
  }

  function show(question: Question, answer: Answer): void {
    last = { question, answer, at: clock.now() };
    store.setState({
      hits: answer.hits,
      isAnswered: true,
      isAsking: false,
      hasMore: answer.next !== null,
      failure: undefined,
    });
  }

  /** The answer to a narrower question, when the one before was answered in full. */
  function narrowed(question: Question): Answer | undefined {
    if (!last || last.answer.next || clock.now() - last.at > NARROWED_MS) return undefined;
    if (!isNarrower(question, last.question)) return undefined;
    const wanted = wantedWords(question.words);
    const hits = last.answer.hits.filter(
      ({ message: { content } }) => content.kind === 'text' && holdsAll(searchedText(content), wanted),
    );
    return { hits, next: null };
  }

  return {
    store,

    ask(question) {
      drop();
      if (!question || !isAsked(question)) {
        store.setState({ ...NOTHING, question });
        return;
      }
      store.setState({ question, isAnswered: false, failure: undefined });
      const known = narrowed(question);
      if (known) store.setState({ hits: known.hits, isAnswered: true, isAsking: false, hasMore: false });
      else {
        store.setState({ isAsking: true });
        callOff = clock.after(WAIT_MS, () => void send(question, null));
      }
    },

    more() {
      const { question, isAsking, hasMore } = store.getState();
      if (question && last && hasMore && !isAsking) void send(question, last.answer.next);
    },

    retry() {
      const { question, isAnswered } = store.getState();
      if (!question) return;
      drop();
      void send(question, isAnswered && last ? last.answer.next : null);
    },

    stop: drop,
  };
}

/** Something to look for: words, or a person, or a kind; a time alone is none. */
function isAsked({ words, senderId, kinds }: Question): boolean {
  return wantedWords(words).length > 0 || senderId !== undefined || (kinds?.length ?? 0) > 0;
}

function bodyOf(question: Question, before: Answer['next']): RouteRequest<typeof searchRoutes.searchMessages>['body'] {
  return before ? { ...question, before } : question;
}

/** Whether every message that answers `question` also answers `wider`. */
function isNarrower(question: Question, wider: Question): boolean {
  const [{ words, ...rest }, { words: widerWords, ...widerRest }] = [question, wider];
  if (JSON.stringify(rest) !== JSON.stringify(widerRest)) return false;
  const wanted = wantedWords(words);
  const before = wantedWords(widerWords);
  return before.length > 0 && before.every((one) => wanted.some((other) => implies(other, one)));
}

function implies(narrow: WantedWord, wide: WantedWord): boolean {
  if (wide.isBeginning) return narrow.word.startsWith(wide.word);
  return narrow.word === wide.word && !narrow.isBeginning;
}
