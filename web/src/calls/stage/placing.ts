import { type Box, gridFor, type Layout, pageOf, stripOf, type TileId } from './layout.ts';

/** Between tiles. */
const GAP = 8;
/** Narrower than this and a strip lies below the main picture instead of beside it. */
const NARROW = 700;
/** Room for what turns the pages. */
const PAGER = 44;
const CORNER_MARGIN = 12;

/** Where something is, in px from the corner at which one begins to read. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type TileRole = 'main' | 'rest' | 'corner';

export interface PlacedTile extends Rect {
  readonly id: TileId;
  readonly role: TileRole;
}

export interface Placing {
  readonly tiles: readonly PlacedTile[];
  readonly pages: number;
  /** Where the pages are turned; null: there is only one. */
  readonly pager: Rect | null;
  /** How many tiles make a page. */
  readonly fit: number;
}

/** Puts the tiles of one page into a box. One list, so that no picture is taken down when another becomes large. */
export function place(
  layout: Layout,
  size: { readonly width: number; readonly height: number },
  page: number,
): Placing {
  const whole: Rect = { x: 0, y: 0, ...size };
  if (layout.main === null) return { ...placeGrid(layout.rest, whole, page) };
  if (layout.rest.length === 0) {
    return { tiles: [...main(layout.main, whole), ...corner(layout.corner, whole)], pages: 1, pager: null, fit: 1 };
  }
  const [large, strip] = size.width < NARROW ? withRow(whole) : withColumn(whole);
  const beside = placeStrip(layout.rest, strip, { page, isRow: size.width < NARROW });
  return { ...beside, tiles: [...main(layout.main, large), ...beside.tiles] };
}

function main(id: TileId, rect: Rect): readonly PlacedTile[] {
  return [{ id, role: 'main', ...rect }];
}

function corner(id: TileId | null, { width, height }: Rect): readonly PlacedTile[] {
  if (id === null) return [];
  const small = Math.round(Math.min(240, Math.max(104, width * 0.2)));
  const tall = Math.round(width < NARROW ? small * 1.25 : (small * 9) / 16);
  const x = width - small - CORNER_MARGIN;
  return [{ id, role: 'corner', x, y: height - tall - CORNER_MARGIN, width: small, height: tall }];
}

function withColumn({ width, height }: Rect): readonly [Rect, Rect] {
  const strip = Math.round(Math.min(260, Math.max(168, width * 0.18)));
  return [
    { x: 0, y: 0, width: width - strip - GAP, height },
    { x: width - strip, y: 0, width: strip, height },
  ];
}

function withRow({ width, height }: Rect): readonly [Rect, Rect] {
  const strip = Math.round(Math.min(112, Math.max(72, height * 0.18)));
  return [
    { x: 0, y: 0, width, height: height - strip - GAP },
    { x: 0, y: height - strip, width, height: strip },
  ];
}

function placeGrid(tiles: readonly TileId[], whole: Rect, page: number): Placing {
  const box = { ...whole, gap: GAP };
  const isPaged = tiles.length > pageOf(box);
  const inner = isPaged ? { ...box, height: box.height - PAGER } : box;
  const fit = pageOf(inner);
  const shown = isPaged ? tiles.slice(page * fit, (page + 1) * fit) : tiles;
  // The last page has tiles of the same size as the others.
  const grid = gridFor(isPaged ? fit : shown.length, inner);
  const rects = inRows(isPaged ? Math.min(fit, shown.length) : shown.length, grid, inner);
  return {
    tiles: shown.map((id, index) => ({ id, role: 'rest', ...(rects[index] ?? whole) })),
    pages: isPaged ? Math.ceil(tiles.length / fit) : 1,
    pager: isPaged ? { x: 0, y: inner.height, width: box.width, height: PAGER } : null,
    fit,
  };
}

/** In the middle of the box, and the last row in the middle of the others. */
function inRows(count: number, { columns, width, height }: ReturnType<typeof gridFor>, box: Box): readonly Rect[] {
  const rows = Math.ceil(count / columns);
  const top = (box.height - rows * height - (rows - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = (box.width - inRow * width - (inRow - 1) * GAP) / 2;
    return {
      x: Math.round(left + (index % columns) * (width + GAP)),
      y: Math.round(top + row * (height + GAP)),
      width,
      height,
    };
  });
}

function placeStrip(
  tiles: readonly TileId[],
  strip: Rect,
  { page, isRow }: { readonly page: number; readonly isRow: boolean },
): Placing {
  const tile = isRow
    ? { width: Math.round(strip.height * 1.3), height: strip.height }
    : { width: strip.width, height: Math.round((strip.width * 9) / 16) };
  const along = (room: number): number => stripOf(room, isRow ? tile.width : tile.height, GAP);
  const isPaged = tiles.length > along(isRow ? strip.width : strip.height);
  // Beside a row there is room at its end, below a column at its foot.
  const fit = isPaged ? along((isRow ? strip.width : strip.height) - PAGER - GAP) : tiles.length;
  const shown = tiles.slice(page * fit, (page + 1) * fit);
  return {
    tiles: shown.map((id, index) => ({
      id,
      role: 'rest',
      x: strip.x + (isRow ? index * (tile.width + GAP) : 0),
      y: strip.y + (isRow ? 0 : index * (tile.height + GAP)),
      ...tile,
    })),
    pages: Math.max(1, Math.ceil(tiles.length / Math.max(1, fit))),
    pager: isPaged ? pagerOf(strip, isRow) : null,
    fit: Math.max(1, fit),
  };
}

function pagerOf({ x, y, width, height }: Rect, isRow: boolean): Rect {
  return isRow ? { x: x + width - PAGER, y, width: PAGER, height } : { x, y: y + height - PAGER, width, height: PAGER };
}
