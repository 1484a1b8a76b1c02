import { useEffect, useState } from 'react';
import { highlight } from './highlight.ts';
import type { CodeLines } from './highlight.tokens.ts';

interface Highlighted {
  readonly language: string;
  readonly code: string;
  readonly lines: CodeLines;
}

/** The code in coloured pieces, once they are there; undefined where it stays as written. */
export function useHighlighted(language: string, code: string): CodeLines | undefined {
  const [done, setDone] = useState<Highlighted>();
  useEffect(() => {
    let isWanted = true;
    void highlight(language, code).then((lines) => {
      if (isWanted && lines) setDone({ language, code, lines });
    });
    return () => {
      isWanted = false;
    };
  }, [language, code]);
  return done?.language === language && done.code === code ? done.lines : undefined;
}
