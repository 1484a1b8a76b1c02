import * as z from 'zod/mini';
import { createRemembered } from '../platform/remembered.ts';
import { trustedScript } from '../platform/trustedScripts.ts';
import { languageOf } from './highlight.languages.ts';
import { CodeLines, type HighlightQuestion } from './highlight.tokens.ts';
// oxlint-disable-next-line import/default -- Vite answers the address of the built worker
import workerUrl from './highlight.worker.ts?worker&url';

/** Grammars are made of expressions that hostile code can keep busy for ever: what takes longer is shown plain. */
const WITHIN_MS = 3_000;
const REMEMBERED = 100;

const Answer = z.object({ id: z.int(), lines: z.nullable(CodeLines) });

export interface Highlighting {
  /** Once they are there: code that scrolls back into view has its colours at once. */
  lines: CodeLines | undefined;
  /** Undefined where the code stays as written. Never rejects. */
  readonly done: Promise<CodeLines | undefined>;
}

const PLAIN: Highlighting = { lines: undefined, done: Promise.resolve(undefined) };

let worker: Worker | undefined;
let turn: Promise<unknown> = Promise.resolve();
let asked = 0;

/** By language, a space, code. */
const highlightings = createRemembered((key): Highlighting => {
  const end = key.indexOf(' ');
  const highlighting: Highlighting = { lines: undefined, done: inTurn(key.slice(0, end), key.slice(end + 1)) };
  void highlighting.done.then((lines) => {
    highlighting.lines = lines;
  });
  return highlighting;
}, REMEMBERED);

/** The code in coloured pieces, worked out beside the page; as it is in a language unknown to us. */
export function highlight(language: string, code: string): Highlighting {
  const name = languageOf(language);
  return name === undefined ? PLAIN : highlightings(`${name} ${code}`);
}

/** One after another, so that only what is slow itself is given up. */
function inTurn(language: string, code: string): Promise<CodeLines | undefined> {
  const lines = turn.then(() => ask(language, code)).catch(() => undefined);
  turn = lines;
  return lines;
}

function ask(language: string, code: string): Promise<CodeLines | undefined> {
  worker ??= new Worker(trustedScript(workerUrl), { type: 'module' });
  const asking = worker;
  asked += 1;
  const question: HighlightQuestion = { id: asked, language, code };
  return new Promise((resolve) => {
    const ending = new AbortController();
    const finish = (lines: CodeLines | undefined): void => {
      clearTimeout(tooLate);
      ending.abort();
      resolve(lines);
    };
    const giveUp = (): void => {
      asking.terminate();
      worker = undefined;
      finish(undefined);
    };
    const tooLate = setTimeout(giveUp, WITHIN_MS);
    const { signal } = ending;
    asking.addEventListener(
      'message',
      ({ data }) => {
        const answer = Answer.safeParse(data);
        if (answer.success && answer.data.id === question.id) finish(answer.data.lines ?? undefined);
      },
      { signal },
    );
    asking.addEventListener('error', giveUp, { signal });
    asking.postMessage(question);
  });
}
