import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from '@shikijs/core';
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import { LANGUAGES } from './highlight.grammars.ts';
import { isLanguageName } from './highlight.languages.ts';
import type { CodeLines, HighlightQuestion } from './highlight.tokens.ts';

/** A theme that names what a piece is instead of giving it a colour: the page's tokens do that, light and dark. */
const THEME = createCssVariablesTheme({ name: 'kinds', variablePrefix: '--', fontStyle: false });
const KIND = /^var\(--token-([\w-]+)\)$/;
/** Longer lines are minified, and not read by people. */
const LINE_MAX = 1_000;

let highlighter: Promise<HighlighterCore> | undefined;

addEventListener('message', ({ data }: MessageEvent<HighlightQuestion>) => {
  void linesOf(data).then(
    (lines) => postMessage({ id: data.id, lines }),
    () => postMessage({ id: data.id, lines: null }),
  );
});

async function linesOf({ language, code }: HighlightQuestion): Promise<CodeLines | null> {
  if (!isLanguageName(language)) return null;
  highlighter ??= createHighlighterCore({
    themes: [THEME],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const core = await highlighter;
  if (!core.getLoadedLanguages().includes(language)) await core.loadLanguage(LANGUAGES[language]());
  return core
    .codeToTokensBase(code, { lang: language, theme: THEME.name ?? 'kinds', tokenizeMaxLineLength: LINE_MAX })
    .map((tokens) =>
      tokens.map(({ content, color }) => {
        const kind = KIND.exec(color ?? '')?.[1];
        return kind === undefined ? { text: content } : { text: content, kind };
      }),
    );
}
