import type { ChatId } from '@dialog/shared/contract/values';
import type { Message } from '@dialog/shared/messages';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { Database, Tx, WriteTx } from '../platform/database.ts';
import type { Block, Entry, Head, SearchRepository } from './search.repository.ts';
import { blockOf, entryOf, readPostings, secondOf, writePosting, type Posting } from './search.postings.ts';
import { tokensIn, type SearchedMessage, type SearchTerms } from './search.tokens.ts';

/** Of one chat in one transaction: more would keep the event loop from others for longer than a few milliseconds. */
const MESSAGES_AT_ONCE = 100;
/** The chats of one transaction, so that quiet chats share a commit. */
const CHATS_AT_ONCE = 16;

interface Deps {
  readonly db: Database;
  readonly repository: SearchRepository;
  readonly terms: SearchTerms;
  readonly keys: Pick<ChatKeys, 'ofMany'>;
  readonly messages: Pick<MessageReading, 'changedIn'>;
  readonly messagesAtOnce?: number;
}

export type SearchIndexer = ReturnType<typeof createSearchIndexer>;

/**
 * Brings chats level in the index: what changed in a chat since the revision it is indexed up to (R2) is indexed under
 * the lock of its head, which moves in the same transaction. So any node may do it at any time, again after a crash, and
 * nothing is missed or indexed twice.
 */
export function createSearchIndexer({ db, repository, terms, keys, messages, messagesAtOnce }: Deps) {
  const limit = messagesAtOnce ?? MESSAGES_AT_ONCE;

  async function step(tx: WriteTx, chatIds: readonly ChatId[]): Promise<ChatId[]> {
    const heads = await repository.lockHeads(tx, chatIds);
    const behind = heads.filter(({ indexed, revision }) => indexed < revision);
    if (behind.length === 0) return [];
    const ranges = behind.map(({ chatId, indexed, revision }) => ({ chatId, since: indexed, until: revision }));
    const perChat = share(limit, behind.length);
    const changed = Map.groupBy(await messages.changedIn(tx, ranges, perChat), ({ chatId }) => chatId);
    const chatKeys = await keys.ofMany(tx, [...changed.keys()]);
    const gathered = createGathered();
    for (const head of behind) {
      const inChat = changed.get(head.chatId) ?? [];
      // oxlint-disable-next-line no-await-in-loop -- one connection, one statement at a time
      await forget(
        tx,
        inChat.filter((message) => wasIndexed(message, head)),
      );
      const key = chatKeys.get(head.chatId);
      for (const message of inChat) {
        const searched = searchedIn(message);
        if (key && searched) gathered.add(message, tokensIn(key, terms.ofMessage(searched)));
      }
    }
    if (gathered.entries().length > 0) {
      repository.appendAtCommit(tx, gathered.entries());
      repository.widenAtCommit(tx, gathered.blocks());
    }
    const reached = behind.map((head) => ({ head, to: reachedIn(changed.get(head.chatId) ?? [], head, perChat) }));
    repository.advanceAtCommit(
      tx,
      reached.map(({ head, to }) => ({ chatId: head.chatId, indexed: to })),
    );
    return reached.filter(({ head, to }) => to < head.revision).map(({ head }) => head.chatId);
  }

  /** Takes changed messages out of the index: what they said before nobody knows any more, so their block is looked through. */
  async function forget(tx: Tx, changed: readonly Message[]): Promise<void> {
    for (const [block, inBlock] of Map.groupBy(changed, ({ position }) => blockOf(position))) {
      const chatId = inBlock[0]?.chatId;
      if (!chatId) continue;
      const gone = new Set(inBlock.map(({ position }) => position));
      // oxlint-disable no-await-in-loop -- as above
      for (const { entry, places } of await repository.entriesOfBlock(tx, chatId, block)) {
        const left = readPostings(block, places).filter(({ position }) => !gone.has(position));
        const kept = Buffer.concat(left.map(writePosting));
        if (kept.length < places.length) await repository.rewrite(tx, { entry, places: kept });
      }
      // oxlint-enable no-await-in-loop
    }
  }

  return {
    /** Indexes all that changed in these chats. */
    async index(chatIds: readonly ChatId[]): Promise<void> {
      let waiting = [...chatIds].toSorted();
      while (waiting.length > 0) {
        const some = waiting.slice(0, CHATS_AT_ONCE);
        // oxlint-disable-next-line no-await-in-loop -- in portions: acts must not wait for the index
        const unfinished = await db.transaction((tx) => step(tx, some));
        waiting = [...unfinished, ...waiting.slice(CHATS_AT_ONCE)];
      }
    },
  };
}

/** How many messages each of so many chats may bring. */
function share(limit: number, chats: number): number {
  return Math.max(8, Math.floor(limit / chats));
}

/** Up to where the chat is indexed now; beyond its last message only where that was all. */
function reachedIn(changed: readonly Message[], head: Head, limit: number): number {
  return changed.length < limit ? head.revision : Math.max(...changed.map(({ revision }) => revision));
}

function wasIndexed({ position }: Message, { indexed }: Head): boolean {
  return position <= indexed;
}

/** What a message is found by; notes and what was deleted are not found. */
export function searchedIn({ content, senderId }: Message): SearchedMessage | undefined {
  return content.kind === 'text' ? { senderId, content } : undefined;
}

/** Postings of several messages, those of one token and block together. */
function createGathered() {
  const entries = new Map<string, { entry: Buffer; places: Buffer[] }>();
  const blocks = new Map<string, Block>();

  function widen(chatId: ChatId, block: number, second: number): void {
    const key = `${chatId}:${block}`;
    const known = blocks.get(key);
    const [oldest, newest] = known ? [known.oldest, known.newest] : [second, second];
    blocks.set(key, { chatId, block, oldest: Math.min(oldest, second), newest: Math.max(newest, second) });
  }

  return {
    add({ chatId, position, postedAt }: Message, tokens: readonly Buffer[]): void {
      const block = blockOf(position);
      const posting: Posting = { position, second: secondOf(new Date(postedAt)) };
      const place = writePosting(posting);
      widen(chatId, block, posting.second);
      for (const token of tokens) {
        const entry = entryOf(chatId, block, token);
        const key = entry.toString('latin1');
        const known = entries.get(key);
        if (known) known.places.push(place);
        else entries.set(key, { entry, places: [place] });
      }
    },
    blocks: (): Block[] => [...blocks.values()],
    /** In the order of the index, which spares the database its way from page to page. */
    entries: (): Entry[] =>
      [...entries.values()]
        .map(({ entry, places }) => ({ entry, places: Buffer.concat(places) }))
        .toSorted((a, b) => Buffer.compare(a.entry, b.entry)),
  };
}
