/** Where code stands in a text, from its first backtick to behind its last. */
export interface CodeSpan {
  readonly from: number;
  readonly to: number;
  /** Length of the run of backticks on each side. */
  readonly fence: number;
}

const RUN = /`+/g;

/** Pairs runs of backticks of equal length, as Markdown does. Linear: each run is looked for once. */
export function codeSpansIn(text: string): readonly CodeSpan[] {
  const runs = [...text.matchAll(RUN)].map((match) => ({ at: match.index, length: match[0].length }));
  const nextSame = nextOfSameLength(runs);
  const spans: CodeSpan[] = [];
  let index = 0;
  while (index < runs.length) {
    const [run, closer] = [runs[index], nextSame[index]];
    const end = closer === undefined ? undefined : runs[closer];
    if (run && end && closer !== undefined) {
      spans.push({ from: run.at, to: end.at + end.length, fence: run.length });
      index = closer;
    }
    index += 1;
  }
  return spans;
}

function nextOfSameLength(runs: readonly { readonly length: number }[]): readonly (number | undefined)[] {
  const seen = new Map<number, number>();
  const next = Array.from<number | undefined>({ length: runs.length });
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const length = runs[index]?.length ?? 0;
    next[index] = seen.get(length);
    seen.set(length, index);
  }
  return next;
}
