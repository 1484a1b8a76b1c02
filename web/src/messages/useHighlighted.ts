import { useEffect, useMemo, useReducer } from 'react';
import { highlight } from './highlight.ts';
import type { CodeLines } from './highlight.tokens.ts';

/** The code in coloured pieces, once they are there; undefined where it stays as written. */
export function useHighlighted(language: string, code: string): CodeLines | undefined {
  const highlighting = useMemo(() => highlight(language, code), [language, code]);
  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (highlighting.lines) return undefined;
    let isWanted = true;
    void highlighting.done.then((lines) => isWanted && lines && renderAgain());
    return () => {
      isWanted = false;
    };
  }, [highlighting]);
  return highlighting.lines;
}
