import type { Participant } from '../transport/media.transport.ts';

/** `grid`: everyone alike. `speaker`: one picture and nothing else. `sidebar`: one picture, the others beside it. */
export const VIEWS = ['grid', 'speaker', 'sidebar'] as const;
export type View = (typeof VIEWS)[number];

/** One picture of the stage: a person (their identity), or what they share. */
export type TileId = string;
export type TileKind = 'person' | 'screen';

const SCREEN = '/screen';

export function screenTileOf(identity: string): TileId {
  return identity + SCREEN;
}

export function readTile(id: TileId): { readonly identity: string; readonly kind: TileKind } {
  return id.endsWith(SCREEN)
    ? { identity: id.slice(0, -SCREEN.length), kind: 'screen' }
    : { identity: id, kind: 'person' };
}

export interface Layout {
  /** Shown large: the pinned tile, else a shared screen, else outside the grid who speaks. */
  readonly main: TileId | null;
  /** All others, those of the first page first. */
  readonly rest: readonly TileId[];
  /** Small within the main picture, where all others are left out. */
  readonly corner: TileId | null;
}

interface Scene {
  readonly people: readonly Pick<Participant, 'identity' | 'isMe' | 'isOnHold' | 'screen' | 'share'>[];
  /** Everyone's place (seats.ts). */
  readonly seats: readonly string[];
  readonly view: View;
  readonly pinned: TileId | null;
  /** Who has the floor (floor.ts). */
  readonly speaker: string | null;
  /** I know what I look like. */
  readonly isMineHidden: boolean;
}

export function arrange(scene: Scene): Layout {
  const tiles = tilesOf(scene);
  const main = mainOf(scene, tiles);
  if (main === null) return { main, rest: tiles, corner: null };
  if (scene.view !== 'speaker') return { main, rest: tiles.filter((tile) => tile !== main), corner: null };
  const small = readTile(main).kind === 'screen' ? whoSpeaks(scene) : meIn(scene);
  const hasCorner = small !== undefined && small !== main && tiles.includes(small);
  return { main, rest: [], corner: hasCorner ? small : null };
}

function tilesOf(scene: Scene): readonly TileId[] {
  const screens = scene.people.filter(isSharing).map((one) => screenTileOf(one.identity));
  const others = othersIn(scene);
  return [...screens, ...(scene.isMineHidden && others.length > 0 ? others : scene.seats)];
}

/** Also while the picture is on its way: a screen that is sent anew keeps its place. */
function isSharing({ screen, share, isOnHold }: Scene['people'][number]): boolean {
  return screen !== null || (share !== null && !isOnHold);
}

function mainOf(scene: Scene, tiles: readonly TileId[]): TileId | null {
  if (scene.pinned !== null && tiles.includes(scene.pinned)) return scene.pinned;
  const sharing = scene.people.find((one) => isSharing(one) && !one.isMe);
  if (sharing) return screenTileOf(sharing.identity);
  return scene.view === 'grid' ? null : (whoSpeaks(scene) ?? null);
}

/** Whoever has the floor; before anyone spoke, the first other person; alone, oneself. */
export function whoSpeaks(scene: Pick<Scene, 'people' | 'seats' | 'speaker'>): string | undefined {
  const others = othersIn(scene);
  return others.find((one) => one === scene.speaker) ?? others[0] ?? meIn(scene);
}

function meIn({ people }: Pick<Scene, 'people'>): string | undefined {
  return people.find((one) => one.isMe)?.identity;
}

function othersIn(scene: Pick<Scene, 'people' | 'seats'>): readonly string[] {
  const me = meIn(scene);
  return scene.seats.filter((one) => one !== me);
}

/** Wider than this and faces are lost in their rooms; taller and the sides of a camera's picture are cut off. */
const WIDEST = 16 / 9;
const TALLEST = 1;
/** On a phone held upright, as most cameras there are as well. */
const TALLEST_UPRIGHT = 3 / 4;

/** All measures in px. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
}

export interface Grid {
  readonly columns: number;
  /** Of one tile, in px. */
  readonly width: number;
  readonly height: number;
}

/** The grid that makes so many tiles largest in a box. */
export function gridFor(count: number, box: Box): Grid {
  const grids = Array.from({ length: Math.max(1, count) }, (_, index) => gridOf(index + 1, count, box));
  return grids.reduce((best, grid) => (grid.width * grid.height > best.width * best.height ? grid : best));
}

function gridOf(columns: number, count: number, { width, height, gap }: Box): Grid {
  const rows = Math.ceil(count / columns) || 1;
  const widest = Math.max(0, (width - gap * (columns - 1)) / columns);
  const tallest = Math.max(0, (height - gap * (rows - 1)) / rows);
  const tileWidth = Math.min(widest, tallest * WIDEST);
  const slimmest = height > width ? TALLEST_UPRIGHT : TALLEST;
  return { columns, width: Math.floor(tileWidth), height: Math.floor(Math.min(tallest, tileWidth / slimmest)) };
}

/** More moving pictures than this are work for a laptop and no gain for eyes. */
const PAGE_MAX = 16;
/** Smaller than this and a face is a stamp. */
const SMALLEST = { width: 168, height: 126 } as const;

/** How many tiles make a page of a grid in this box. */
export function pageOf({ width, height, gap }: Box): number {
  const columns = Math.max(1, Math.floor((width + gap) / (SMALLEST.width + gap)));
  const rows = Math.max(1, Math.floor((height + gap) / (SMALLEST.height + gap)));
  return Math.min(PAGE_MAX, Math.max(2, columns * rows));
}

/** How many tiles of this length stand one after the other along a strip. */
export function stripOf(length: number, tile: number, gap: number): number {
  return Math.min(PAGE_MAX, Math.max(1, Math.floor((length + gap) / (tile + gap))));
}
