/** What is selected in a field, and the text around it. */
interface Selected {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A stretch of the field to be replaced, and what is selected afterwards. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly selectFrom: number;
  readonly selectTo: number;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The marks that keys set: Ctrl or ⌘ with B, I, E, and with Shift and X. */
export function markOfKeys({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string | undefined {
  if (ctrlKey === metaKey || altKey) return undefined;
  return (shiftKey ? WITH_SHIFT : ALONE).get(key.toLowerCase());
}

const ALONE: ReadonlyMap<string, string> = new Map([
  ['b', '**'],
  ['i', '*'],
  ['e', '`'],
]);
const WITH_SHIFT: ReadonlyMap<string, string> = new Map([['x', '~~']]);

/** Puts a mark around the selection, or takes it off where it is already. */
export function withMark({ text, from, to }: Selected, mark: string): Edit {
  const { length } = mark;
  const inner = text.slice(from, to);
  if (isMarked(text, { from, to }, mark))
    return { from: from - length, to: to + length, text: inner, selectFrom: from - length, selectTo: to - length };
  return { from, to, text: mark + inner + mark, selectFrom: from + length, selectTo: to + length };
}

/** A single star next to the selection may be half of a double one. */
function isMarked(text: string, { from, to }: Omit<Selected, 'text'>, mark: string): boolean {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  if (!before.endsWith(mark) || !after.startsWith(mark)) return false;
  return mark !== '*' || /(?:^|[^*])(?:\*|\*{3})$/.test(before.slice(-4));
}
