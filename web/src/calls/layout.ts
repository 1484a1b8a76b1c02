import type { Participant, VideoHandle } from './media.transport.ts';

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

/** Columns that make the tiles largest in a box of this shape. Width and height in px. */
export function columnsFor(count: number, width: number, height: number): number {
  if (count === 0 || width === 0 || height === 0) return 1;
  const widths = Array.from({ length: count }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    return Math.min(width / columns, ((height / rows) * 16) / 9);
  });
  return widths.indexOf(Math.max(...widths)) + 1;
}
