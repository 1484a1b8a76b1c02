import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { Database } from '../platform/database.ts';
import type { Block, SearchRepository } from './search.repository.ts';
import { commonPlaces, entryOf, readPostings, uniquePlaces, type Posting } from './search.postings.ts';
import { tokensIn, type Term } from './search.tokens.ts';

/** A message that may be what is looked for. */
export interface Candidate extends Posting {
  readonly chatId: ChatId;
}

export interface CandidateQuestion {
  /** A candidate has one term of each group. */
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

/** Entries asked for in one statement: beyond 1,000 MariaDB makes a table of the list. */
const ENTRIES_AT_ONCE = 900;
/** Most questions are answered by the newest blocks: few at first, then more. */
const FIRST_BLOCKS = 48;
const GROWTH = 3;

/** Candidates in one fixed order over all chats: newest second first, then by chat, then newest position first. */
export function createCandidates(deps: Deps, { groups, blocks, from, to, before }: CandidateQuestion) {
  let next = 0;
  let portion = FIRST_BLOCKS;
  /** In order, each already newer than anything in the blocks not yet looked at, or waiting until it is. */
  let waiting: Candidate[] = [];

  function isAsked(candidate: Candidate): boolean {
    const isInTime = candidate.second >= from && candidate.second <= to;
    return isInTime && (before === undefined || inOrder(candidate, before) > 0);
  }

  async function look(): Promise<void> {
    const some = blocks.slice(next, next + portion);
    next += some.length;
    portion *= GROWTH;
    const found = (await candidatesIn(deps, some, groups)).filter(isAsked);
    waiting = [...waiting, ...found].toSorted(inOrder);
  }

  /** How many of those waiting come before everything that is still to be found. */
  function ready(): number {
    const bound = blocks[next]?.newest;
    if (bound === undefined) return waiting.length;
    const first = waiting.findIndex(({ second }) => second <= bound);
    return first === -1 ? waiting.length : first;
  }

  return {
    /** The next ones; fewer than `max` only at the end of those that are near, none at the end of all. */
    async take(max: number): Promise<readonly Candidate[]> {
      // oxlint-disable-next-line no-await-in-loop -- most questions need one look
      while (next < blocks.length && ready() < max) await look();
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

/** Group after group, each only in the blocks where all before it were found. */
async function candidatesIn(
  { db, repository, keys }: Deps,
  blocks: readonly Block[],
  groups: readonly (readonly Term[])[],
): Promise<Candidate[]> {
  const chatKeys = await keys.ofMany(db, [...new Set(blocks.map(({ chatId }) => chatId))]);
  const tokens = new Map([...chatKeys].map(([chatId, key]) => [chatId, tokensIn(key, groups.flat())]));
  let found: ReadonlyMap<Block, Buffer> = new Map();
  let at = 0;
  for (const [group, { length }] of groups.entries()) {
    const wanted = new Map<string, Wanted>();
    for (const block of group === 0 ? blocks : found.keys()) {
      for (const token of tokens.get(block.chatId)?.slice(at, at + length) ?? []) {
        const entry = entryOf(block.chatId, block.block, token);
        wanted.set(entry.toString('latin1'), { block, entry });
      }
    }
    at += length;
    // oxlint-disable-next-line no-await-in-loop -- each group asks for less than the one before
    const inGroup = await placesOf({ db, repository }, wanted);
    found = group === 0 ? inGroup : both(found, inGroup);
  }
  return [...found].flatMap(([{ chatId, block }, places]) =>
    readPostings(block, places).map(({ position, second }) => ({ chatId, position, second })),
  );
}

interface Wanted {
  readonly block: Block;
  readonly entry: Buffer;
}

async function placesOf(
  { db, repository }: Pick<Deps, 'db' | 'repository'>,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<Map<Block, Buffer>> {
  const entries = [...wanted.values()].map(({ entry }) => entry);
  const found = new Map<Block, Buffer>();
  for (let at = 0; at < entries.length; at += ENTRIES_AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- in portions that the database reads as ranges
    for (const { entry, places } of await repository.entries(db, entries.slice(at, at + ENTRIES_AT_ONCE))) {
      const block = wanted.get(entry.toString('latin1'))?.block;
      if (!block) continue;
      const known = found.get(block);
      found.set(block, known ? uniquePlaces(Buffer.concat([known, places])) : places);
    }
  }
  return found;
}

function both(ones: ReadonlyMap<Block, Buffer>, others: ReadonlyMap<Block, Buffer>): Map<Block, Buffer> {
  const shared = new Map<Block, Buffer>();
  for (const [block, places] of others) {
    const inBoth = commonPlaces(ones.get(block), places);
    if (inBoth.length > 0) shared.set(block, inBoth);
  }
  return shared;
}
