import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { Database } from '../platform/database.ts';
import { createPlaces } from './search.places.ts';
import type { Block, SearchRepository } from './search.repository.ts';
import { commonPlaces, newestOf, pickPlaces, readPostings, type Posting } from './search.postings.ts';
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

/** A block with places that have the rarest term, and when the newest of them was posted. */
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
  /** In order, each already newer than anything not yet looked at, or waiting until it is. */
  let waiting: Candidate[] = [];

  function isAsked(candidate: Candidate): boolean {
    const isInTime = candidate.second >= from && candidate.second <= to;
    return isInTime && (before === undefined || inOrder(candidate, before) > 0);
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
    met = [...met, ...metHere].toSorted((a, b) => b.newest - a.newest);
  }

  function metIn(block: Block, all: Buffer): Met | undefined {
    const { chatId } = block;
    const some = pickPlaces(block.block, all, (posting) => isAsked({ chatId, ...posting }));
    return some.length > 0 ? { block, places: some, newest: newestOf(some) } : undefined;
  }

  /** Looks for the other groups where the newest places of the rarest are. */
  async function compare({ others, places }: Lookup): Promise<void> {
    const some = others.length === 0 ? met : met.slice(0, compared);
    met = met.slice(some.length);
    compared *= GROWTH;
    let left = new Map(some.map((one) => [one.block, one.places]));
    for (const group of others) {
      // oxlint-disable-next-line no-await-in-loop -- each group is asked for less than the one before
      left = both(left, await places.of([...left.keys()], group));
    }
    const candidates = [...left].flatMap(([{ chatId, block }, inBlock]) =>
      readPostings(block, inBlock).map((posting) => ({ chatId, ...posting })),
    );
    waiting = [...waiting, ...candidates].toSorted(inOrder);
  }

  const newestUnseen = (): number => blocks[next]?.newest ?? NOTHING;
  const newestMet = (): number => met[0]?.newest ?? NOTHING;
  const hasMore = (): boolean => Math.max(newestUnseen(), newestMet()) > NOTHING;

  /** How many of those waiting come before everything that is still to be found. */
  function ready(): number {
    const bound = Math.max(newestUnseen(), newestMet());
    const first = waiting.findIndex(({ second }) => second <= bound);
    return first === -1 ? waiting.length : first;
  }

  return {
    /** The next ones; fewer than `max` only at the end of those that are near, none at the end of all. */
    async take(max: number): Promise<readonly Candidate[]> {
      found ??= await begin();
      while (hasMore() && ready() < max) {
        // oxlint-disable-next-line no-await-in-loop -- most questions need few looks
        await (newestMet() >= newestUnseen() ? compare(found) : look(found));
      }
      const taken = waiting.slice(0, Math.min(max, ready()));
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
