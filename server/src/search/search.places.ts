import type { ChatId } from '@dialog/shared/contract/values';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { Database } from '../platform/database.ts';
import type { Block, Entry, SearchRepository } from './search.repository.ts';
import { entryOf, uniquePlaces } from './search.postings.ts';
import { tokensIn, type Term } from './search.tokens.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<SearchRepository, 'entries'>;
  readonly keys: Pick<ChatKeys, 'ofMany'>;
}

/** Entries asked for in one statement: beyond 1,000 MariaDB makes a table of the list. */
const ENTRIES_AT_ONCE = 900;
/** Entries lie far apart: while one statement waits for the disk, others go on. */
const STATEMENTS_AT_ONCE = 4;
/** A statement costs as much as so many entries. */
const ENTRIES_WORTH_A_STATEMENT = 100;

/** Where some of these terms stand, asked of the index for many blocks together. */
export function createPlaces({ db, repository, keys }: Deps, terms: readonly Term[]) {
  /** Of each chat the tokens of all terms: a cipher for each question costs more than reading the entry. */
  const tokens = new Map<ChatId, ReadonlyMap<Term, Buffer>>();

  async function makeTokens(chatIds: ReadonlySet<ChatId>): Promise<void> {
    const missing = [...chatIds].filter((chatId) => !tokens.has(chatId));
    for (const [chatId, key] of await keys.ofMany(db, missing)) {
      const made = tokensIn(key, terms);
      tokens.set(chatId, new Map(terms.map((term, at) => [term, made[at] ?? Buffer.alloc(0)])));
    }
  }

  async function entries(wanted: readonly Buffer[]): Promise<Entry[]> {
    const fair = Math.ceil(wanted.length / STATEMENTS_AT_ONCE);
    const size = Math.min(ENTRIES_AT_ONCE, Math.max(ENTRIES_WORTH_A_STATEMENT, fair));
    const found: Entry[] = [];
    for (let at = 0; at < wanted.length; at += size * STATEMENTS_AT_ONCE) {
      const together = Array.from({ length: STATEMENTS_AT_ONCE }, (_, turn) =>
        wanted.slice(at + turn * size, at + (turn + 1) * size),
      );
      // oxlint-disable-next-line no-await-in-loop -- so many at once and no more
      const answers = await Promise.all(
        together.filter((some) => some.length > 0).map((some) => repository.entries(db, some)),
      );
      found.push(...answers.flat());
    }
    return found;
  }

  return {
    /** Of each block the places that have one of these terms; blocks without are left out. */
    async of(blocks: readonly Block[], wantedTerms: readonly Term[]): Promise<Map<Block, Buffer>> {
      await makeTokens(new Set(blocks.map(({ chatId }) => chatId)));
      const wanted = new Map<string, { readonly block: Block; readonly entry: Buffer }>();
      for (const block of blocks) {
        for (const term of wantedTerms) {
          const token = tokens.get(block.chatId)?.get(term);
          if (!token) continue;
          const entry = entryOf(block.chatId, block.block, token);
          wanted.set(entry.toString('latin1'), { block, entry });
        }
      }
      const found = new Map<Block, Buffer>();
      for (const { entry, places } of await entries([...wanted.values()].map((one) => one.entry))) {
        const block = wanted.get(entry.toString('latin1'))?.block;
        if (!block) continue;
        const known = found.get(block);
        found.set(block, known ? uniquePlaces(Buffer.concat([known, places])) : places);
      }
      return found;
    },
  };
}
