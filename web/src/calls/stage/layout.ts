import type { Participant, VideoHandle } from '../transport/media.transport.ts';

export type View = 'grid' | 'speaker';

/** One picture of the stage: a person, or what someone shares. */
export interface Tile {
  readonly id: string;
  readonly kind: 'person' | 'screen';
  readonly participant: Participant;
  readonly video: VideoHandle | null;
}

export interface Layout {
  /** Shown large: the pinned tile, else a shared screen, else in the speaker view who speaks. */
  readonly main: Tile | null;
  /** All others, in the order they came; nobody's tile moves because someone speaks. */
  readonly rest: readonly Tile[];
}

export function tilesOf(people: readonly Participant[]): readonly Tile[] {
  const screens = people
    .filter((one) => one.screen !== null)
    .map((participant): Tile => ({
      id: `${participant.identity}/screen`,
      kind: 'screen',
      participant,
      video: participant.screen,
    }));
  const persons = people.map((participant): Tile => ({
    id: participant.identity,
    kind: 'person',
    participant,
    video: participant.camera,
  }));
  return [...screens, ...persons];
}

export function arrange(tiles: readonly Tile[], view: View, pinned: string | null): Layout {
  const main =
    tiles.find((tile) => tile.id === pinned) ??
    tiles.find((tile) => tile.kind === 'screen' && !tile.participant.isMe) ??
    (view === 'speaker' ? speakerOf(tiles) : null);
  return { main, rest: main ? tiles.filter((tile) => tile !== main) : tiles };
}

/** Whoever was heard last; before anyone spoke, the first other person; alone, oneself. */
function speakerOf(tiles: readonly Tile[]): Tile | null {
  const persons = tiles.filter((tile) => tile.kind === 'person');
  const others = persons.filter((tile) => !tile.participant.isMe);
  const spoken = others
    .filter((tile) => tile.participant.spokeAt > 0)
    .toSorted((a, b) => b.participant.spokeAt - a.participant.spokeAt);
  return spoken[0] ?? others[0] ?? persons[0] ?? null;
}

/** Wider than this and faces are lost in their rooms; taller and the sides of a camera's picture are cut off. */
const WIDEST = 16 / 9;
const TALLEST = 1;

export interface Grid {
  readonly columns: number;
  /** Of one tile, in px. */
  readonly width: number;
  readonly height: number;
}

/** The grid that makes so many tiles largest in a box. All measures in px. */
export function gridFor(
  count: number,
  box: { readonly width: number; readonly height: number; readonly gap: number },
): Grid {
  const grids = Array.from({ length: Math.max(1, count) }, (_, index) => gridOf(index + 1, count, box));
  return grids.reduce((best, grid) => (grid.width * grid.height > best.width * best.height ? grid : best));
}

function gridOf(
  columns: number,
  count: number,
  { width, height, gap }: { width: number; height: number; gap: number },
): Grid {
  const rows = Math.ceil(count / columns) || 1;
  const widest = Math.max(0, (width - gap * (columns - 1)) / columns);
  const tallest = Math.max(0, (height - gap * (rows - 1)) / rows);
  const tileWidth = Math.min(widest, tallest * WIDEST);
  return { columns, width: Math.floor(tileWidth), height: Math.floor(Math.min(tallest, tileWidth / TALLEST)) };
}
