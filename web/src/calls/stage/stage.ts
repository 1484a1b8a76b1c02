import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../platform/clock.ts';
import type { ActiveCall, CallState } from '../call.store.ts';
import type { LocalMediaState } from '../devices/local.media.ts';
import { type Floor, listen, listenAgainIn, SILENCE } from './floor.ts';
import { arrange, type Layout, readTile, type TileId, type View, VIEWS, whoSpeaks } from './layout.ts';
import { isSame, promote, seat, type Seats, swap } from './seats.ts';

/** What this device keeps of how one likes to look at calls. */
const Choice = z.object({ view: z.enum(VIEWS) });
type Choice = z.infer<typeof Choice>;

export interface StageState extends Choice {
  readonly pinned: TileId | null;
  readonly layout: Layout;
  /** Who has the floor (floor.ts). */
  readonly speaker: string | null;
  /** What is shown where there is room for one picture only. */
  readonly single: TileId | null;
  /** Which page of tiles, from 0. */
  readonly page: number;
  readonly isPeopleOpen: boolean;
}

/** How one looks at the call: what is large, in what order, on which page. */
export interface Stage {
  readonly store: StoreApi<StageState>;
  show(view: View): void;
  /** The same tile again: no longer. */
  pin(tile: TileId): void;
  turnTo(page: number): void;
  openPeople(isOpen: boolean): void;
  /** How many tiles have room on one page just now. */
  fit(tiles: number): void;
}

type Readable<T> = Pick<StoreApi<T>, 'getState' | 'subscribe'>;
type Media = Pick<LocalMediaState, 'habits'>;

interface Deps {
  readonly own: { readonly store: Readable<CallState>; readonly media: { readonly store: Readable<Media> } };
  readonly clock: Clock;
  readonly kept: () => string | null;
  readonly keep: (choice: string) => void;
}

const NOTHING: Layout = { main: null, rest: [], corner: null };

export function createStage({ own, clock, kept, keep }: Deps): Stage {
  const store = createStore<StageState>(() => ({
    ...readChoice(kept()),
    pinned: null,
    layout: NOTHING,
    speaker: null,
    single: null,
    page: 0,
    isPeopleOpen: false,
  }));
  let floor: Floor = SILENCE;
  let seats: Seats = [];
  let firstPage = 1;
  let seen: Pick<ActiveCall, 'callId' | 'people'> | null = null;
  let stopTimer: (() => void) | undefined;
  let isHidden = isSelfHidden();
  own.store.subscribe(look);
  own.media.store.subscribe(() => {
    if (isHidden === isSelfHidden()) return;
    isHidden = isSelfHidden();
    lay();
  });
  look();

  function look(): void {
    const before = seen;
    seen = own.store.getState().active;
    if (seen?.callId !== before?.callId) clear();
    if (seen && seen.people !== before?.people) follow();
  }

  function isSelfHidden(): boolean {
    return own.media.store.getState().habits.isSelfHidden;
  }

  function people(): ActiveCall['people'] {
    return own.store.getState().active?.people ?? [];
  }

  function follow(): void {
    stopTimer?.();
    const now = clock.now();
    const talking = people().filter((one) => one.isSpeaking && !one.isMe);
    floor = listen(floor, new Set(talking.map((one) => one.identity)), now);
    const again = listenAgainIn(floor, now);
    if (again !== null) stopTimer = clock.after(again, follow);
    lay();
  }

  function lay(change: Partial<StageState> = {}): void {
    const before = store.getState();
    const state = { ...before, ...change, speaker: floor.speaker };
    const isMineHidden = isSelfHidden();
    const everyone = people();
    seats = seat(
      seats,
      everyone.map((one) => one.identity),
      firstPage,
    );
    const laid = arrange({ ...state, isMineHidden, people: everyone, seats });
    const moved = bringForward(before.layout, laid);
    const layout = moved === seats ? laid : arrange({ ...state, isMineHidden, people: everyone, seats: moved });
    seats = moved;
    const pages = Math.max(1, Math.ceil(layout.rest.length / firstPage));
    store.setState(
      {
        ...state,
        page: Math.min(state.page, pages - 1),
        single: layout.main ?? whoSpeaks({ people: everyone, seats, speaker: floor.speaker }) ?? null,
        layout: isSameLayout(before.layout, layout) ? before.layout : layout,
      },
      true,
    );
  }

  /** As few tiles as can be change places. */
  function bringForward(before: Layout, { main, rest }: Layout): Seats {
    if (main !== null && before.main !== null && main !== before.main && rest.includes(before.main))
      return swap(seats, before.main, main);
    const { speaker } = floor;
    if (speaker === null || !rest.includes(speaker)) return seats;
    const byIdentity = new Map(people().map((one) => [one.identity, one]));
    return promote(seats, {
      speaker,
      front: rest.slice(0, firstPage).filter((tile) => readTile(tile).kind === 'person'),
      isFixed: (one) => byIdentity.get(one)?.isMe === true,
      heardAt: (one) => (byIdentity.get(one)?.isSpeaking ? Infinity : (byIdentity.get(one)?.spokeAt ?? 0)),
    });
  }

  function choose(choice: Choice): void {
    keep(JSON.stringify(choice));
    lay(choice);
  }

  /** The next call begins with nothing pinned and nobody's voice. */
  function clear(): void {
    stopTimer?.();
    floor = SILENCE;
    seats = [];
    lay({ pinned: null, page: 0, isPeopleOpen: false });
  }

  return {
    store,
    show: (view) => choose({ view }),
    pin: (tile) => lay({ pinned: store.getState().pinned === tile ? null : tile }),
    turnTo: (page) => lay({ page: Math.max(0, page) }),
    openPeople: (isPeopleOpen) => store.setState({ isPeopleOpen }),
    fit(tiles) {
      if (tiles === firstPage) return;
      firstPage = tiles;
      lay();
    },
  };
}

function readChoice(kept: string | null): Choice {
  try {
    return Choice.parse(JSON.parse(kept ?? ''));
  } catch {
    return { view: 'grid' };
  }
}

function isSameLayout(one: Layout, other: Layout): boolean {
  return one.main === other.main && one.corner === other.corner && isSame(one.rest, other.rest);
}
