import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { Database } from '../platform/database.ts';
import { createPlaces } from './search.places.ts';
import type { Block, SearchRepository } from './search.repository.ts';
import { commonPlaces, newestOf, pickPlaces, readPostings, splitPlaces, type Posting } from './search.postings.ts';
import type { Term } from './search.tokens.ts';

/** A message that may be what is looked for. */
export interface Candidate extends Posting {
  readonly chatId: ChatId;
}

export interface CandidateQuestion {
  /** A candidate has one term of each group; of very many groups, of the rarest. */
  readonly groups: readonly (readonly Term[])[];
  /** Where to look, the newest first. */
  readonly blocks: readonly Block[];
  /** Seconds, both included. */
  readonly from: number;
  readonly to: number;
  /** Only what comes after this one. */
  readonly before: Candidate | undefined;
}

interface Deps {
  readonly db: Database;
  readonly repository: Pick<SearchRepository, 'entries'>;
  readonly keys: Pick<ChatKeys, 'ofMany'>;
}

/** A block with places that have what was looked for so far, and when the newest of them was posted. */
interface Met {
  readonly block: Block;
  readonly places: Buffer;
  readonly newest: number;
}

/** The groups that are looked up, the rarest before the others. */
interface Lookup {
  readonly rarest: readonly Term[];
  readonly others: readonly (readonly Term[])[];
  readonly places: ReturnType<typeof createPlaces>;
}

/** Before all time. */
const NOTHING = -1;
/** Most questions are answered by the newest blocks: few at first, then more. */
const FIRST_BLOCKS = 48;
const GROWTH = 3;
/** Blocks of which places are read together. */
const RELEASED_AT_ONCE = 4;
/**
 * Groups that are looked up. The others are compared when a candidate is opened, and how many are opened has a bound: so
 * no question, however many words it has that never meet, reads more than these many entries of each block.
 */
const GROUPS_MAX = 4;
/** Those of which it is seen how rare they are; they come with the likely ones first. */
const GROUPS_CONSIDERED = 8;

/**
 * Candidates in one fixed order over all chats: newest second first, then by chat, then newest position first.
 *
 * The rarest group leads: it is looked up block by block, and the others only where its newest places are the next in
 * order. So a pair of words that often meet costs little more than one word, and one that never meets what its rarest
 * words cost.
 */
export function createCandidates(deps: Deps, { groups: asked, blocks, from, to, before }: CandidateQuestion) {
  let found: Lookup | undefined;
  let next = 0;
  let portion = FIRST_BLOCKS;
  let compared = FIRST_BLOCKS;
  /** Not compared with the other groups yet; the one with the newest place first. */
  let met: Met[] = [];
  /** Compared. As bytes until it is their turn: there are many more than anybody asks for. */
  let kept: Met[] = [];
  /** In order, each newer than all that is kept or still to be found. */
  let waiting: Candidate[] = [];

  function askedOf({ chatId, block }: Block, all: Buffer): Buffer {
    return pickPlaces(block, all, (position, second) => {
      if (second < from || second > to) return false;
      return before === undefined || inOrder({ chatId, position, second }, before) > 0;
    });
  }

  /** The rarest first, as far as the newest blocks tell. */
  async function begin(): Promise<Lookup> {
    const considered = asked.slice(0, GROUPS_CONSIDERED);
    const places = createPlaces(deps, considered.flat());
    const some = considered.length > 1 ? blocks.slice(0, FIRST_BLOCKS) : [];
    const counted = await Promise.all(
      considered.map(async (group) => ({ group, bytes: sizeOf(await places.of(some, group)) })),
    );
    const groups = counted.toSorted((a, b) => a.bytes - b.bytes).map(({ group }) => group);
    const [rarest = [], ...others] = groups.slice(0, GROUPS_MAX);
    return { rarest, others, places: createPlaces(deps, [...rarest, ...others.flat()]) };
  }

  async function look({ rarest, places }: Lookup): Promise<void> {
    const some = blocks.slice(next, next + portion);
    next += some.length;
    portion *= GROWTH;
    const metHere = [...(await places.of(some, rarest))].flatMap(([block, all]) => metIn(block, all) ?? []);
    met = [...met, ...metHere].toSorted(newestFirst);
  }

  function metIn(block: Block, all: Buffer): Met | undefined {
    const isWhole = before === undefined && block.oldest >= from && block.newest <= to;
    const some = isWhole ? all : askedOf(block, all);
    return some.length > 0 ? { block, places: some, newest: newestOf(some) } : undefined;
  }

  /** Looks for the other groups where the newest places of the rarest are. */
  async function compare({ others, places }: Lookup): Promise<void> {
    const some = met.slice(0, compared);
    met = met.slice(some.length);
    compared *= GROWTH;
    let left = new Map(some.map((one) => [one.block, one.places]));
    for (const group of others) {
      // oxlint-disable-next-line no-await-in-loop -- each group is asked for less than the one before
      left = both(left, await places.of([...left.keys()], group));
    }
    const comparedHere = [...left].map(([block, inBlock]) => ({ block, places: inBlock, newest: newestOf(inBlock) }));
    kept = [...kept, ...comparedHere].toSorted(newestFirst);
  }

  /** Those whose turn it is now, a few blocks at a time, until there are so many. */
  function release(max: number): void {
    const bound = Math.max(newestUnseen(), newestMet());
    while (waiting.length < max && (kept[0]?.newest ?? NOTHING) > bound) {
      const after = Math.max(bound, releasedAfter(kept));
      const free: Candidate[] = [];
      kept = kept.flatMap((one) => {
        if (one.newest <= after) return [one];
        const { chatId, block } = one.block;
        const { newer, older } = splitPlaces(one.places, after);
        for (const posting of readPostings(block, newer)) free.push({ chatId, ...posting });
        return older.length > 0 ? [{ ...one, places: older, newest: newestOf(older) }] : [];
      });
      kept.sort(newestFirst);
      waiting = waiting.concat(free.toSorted(inOrder));
    }
  }

  const newestUnseen = (): number => blocks[next]?.newest ?? NOTHING;
  const newestMet = (): number => met[0]?.newest ?? NOTHING;
  const hasMore = (): boolean => Math.max(newestUnseen(), newestMet()) > NOTHING;

  return {
    /** The next ones; fewer than `max` only at the end of those that are near, none at the end of all. */
    async take(max: number): Promise<readonly Candidate[]> {
      found ??= await begin();
      for (release(max); hasMore() && waiting.length < max; release(max)) {
        // oxlint-disable-next-line no-await-in-loop -- most questions need few looks
        await (newestMet() >= newestUnseen() ? compare(found) : look(found));
      }
      const taken = waiting.slice(0, max);
      waiting = waiting.slice(taken.length);
      return taken;
    },
  };
}

/** Negative: `a` comes first. */
function inOrder(a: Candidate, b: Candidate): number {
  if (a.second !== b.second) return b.second - a.second;
  if (a.chatId !== b.chatId) return a.chatId < b.chatId ? -1 : 1;
  return b.position - a.position;
}

function newestFirst(a: Met, b: Met): number {
  return b.newest - a.newest;
}

/** Such that a few of these, the newest first, have something newer; of those that are equally new all. */
function releasedAfter(kept: readonly Met[]): number {
  const newest = kept[0]?.newest ?? NOTHING;
  return kept.slice(RELEASED_AT_ONCE).find((one) => one.newest < newest)?.newest ?? NOTHING;
}

function sizeOf(found: ReadonlyMap<Block, Buffer>): number {
  return [...found.values()].reduce((sum, { length }) => sum + length, 0);
}

function both(ones: ReadonlyMap<Block, Buffer>, others: ReadonlyMap<Block, Buffer>): Map<Block, Buffer> {
  const shared = new Map<Block, Buffer>();
  for (const [block, places] of others) {
    const inBoth = commonPlaces(ones.get(block), places);
    if (inBoth.length > 0) shared.set(block, inBoth);
  }
  return shared;
}
