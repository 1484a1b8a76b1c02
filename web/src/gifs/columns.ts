import type { Gif } from '@dialog/shared/gifs';

const COLUMNS = 2;

export interface Cell {
  readonly gif: Gif;
  /** In the order of the answer. */
  readonly index: number;
  /** From the top of its column, in widths of a column. */
  readonly top: number;
}

/** Each into the column that ends first, so that the best stand on top and none is cut to a shape. */
export function intoColumns(gifs: readonly Gif[]): readonly (readonly Cell[])[] {
  const columns = Array.from({ length: COLUMNS }, () => ({ cells: new Array<Cell>(), end: 0 }));
  for (const [index, gif] of gifs.entries()) {
    const column = columns.reduce((shortest, one) => (one.end < shortest.end ? one : shortest));
    column.cells.push({ gif, index, top: column.end });
    column.end += gif.height / gif.width;
  }
  return columns.map(({ cells }) => cells);
}

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** The cell beside one; undefined beyond the edge. */
export function beside(columns: readonly (readonly Cell[])[], from: number, direction: Direction): number | undefined {
  const place = columns.findIndex((cells) => cells.some(({ index }) => index === from));
  const column = columns[place] ?? [];
  const at = column.findIndex(({ index }) => index === from);
  if (direction === 'ArrowUp') return column[at - 1]?.index;
  if (direction === 'ArrowDown') return column[at + 1]?.index;
  return nearest(columns[direction === 'ArrowLeft' ? place - 1 : place + 1], column[at]?.top ?? 0);
}

function nearest(column: readonly Cell[] | undefined, top: number): number | undefined {
  return column?.toSorted((a, b) => Math.abs(a.top - top) - Math.abs(b.top - top))[0]?.index;
}
