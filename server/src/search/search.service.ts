import type { RouteInput, RouteReply } from '@dialog/shared/contract/routes';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ChatSummary } from '@dialog/shared/chats';
import type { Message } from '@dialog/shared/messages';
import { SEARCH_PAGE, searchedText, type SearchHit, type searchRoutes } from '@dialog/shared/search';
import { holdsAll, wantedWords } from '@dialog/shared/words';
import type { ChatKeys } from '../chats/chats.keys.ts';
import type { ChatService } from '../chats/chats.service.ts';
import type { MessageReading } from '../messages/messages.reading.ts';
import type { Database, Tx } from '../platform/database.ts';
import { createCandidates, type Candidate } from './search.candidates.ts';
import { searchedIn } from './search.indexer.ts';
import type { SearchRepository } from './search.repository.ts';
import { blockOf, readPostings, secondOf, writePosting, type Posting } from './search.postings.ts';
import { kindsOf, type SearchTerms } from './search.tokens.ts';

type Question = RouteInput<typeof searchRoutes.searchMessages>['body'];
type Answer = RouteReply<typeof searchRoutes.searchMessages>;

/** Messages opened for one answer; a question that most candidates do not hold is answered in part. */
const OPENED_MAX = 2_000;
/** Opened at once: a page, and some that turn out not to hold what was asked. */
const OPENED_AT_ONCE = SEARCH_PAGE + 12;
/** Entries of a removed chat that go in one statement. */
const REMOVED_AT_ONCE = 2_000;
/** Beyond 1,000 MariaDB makes a table of the list. */
const EMPTIED_AT_ONCE = 900;
const ALWAYS = { from: 0, to: 2 ** 32 - 1 };

interface Deps {
  readonly db: Database;
  readonly repository: SearchRepository;
  readonly terms: SearchTerms;
  readonly keys: Pick<ChatKeys, 'ofMany'>;
  readonly chats: Pick<ChatService, 'requireMember'>;
  readonly messages: Pick<MessageReading, 'visibleTo'>;
  readonly summariesOf: (tx: Tx, userId: UserId, chatIds: readonly ChatId[]) => Promise<readonly ChatSummary[]>;
}

export type SearchService = ReturnType<typeof createSearchService>;

/**
 * Finds messages: candidates by tokens, in the blocks of chats the person is in at this moment, newest first; each is
 * then opened under the rights of the moment (R11) and has to hold what was asked.
 */
export function createSearchService(deps: Deps) {
  const { db, repository, terms, messages } = deps;

  async function verified(userId: UserId, question: Question, some: readonly Candidate[]): Promise<Message[]> {
    const wanted = wantedWords(question.words);
    const found = new Map((await messages.visibleTo(userId, some)).map((message) => [placeKey(message), message]));
    return some.flatMap((candidate) => {
      const message = found.get(placeKey(candidate));
      const searched = message && searchedIn(message);
      if (!searched || (question.senderId && searched.senderId !== question.senderId)) return [];
      if (question.kinds?.length && !kindsOf(searched).some((kind) => question.kinds?.includes(kind))) return [];
      return holdsAll(searchedText(searched.content), wanted) ? [message] : [];
    });
  }

  /** The terms a message must have: all groups, of each group one. Those first that are likely to be rare. */
  function groupsOf({ words, senderId, kinds }: Question) {
    const wanted = wantedWords(words).toSorted((a, b) => b.word.length - a.word.length);
    return [
      ...(senderId ? [[terms.ofSender(senderId)]] : []),
      ...(kinds?.length ? [kinds.map(terms.ofKind)] : []),
      ...wanted.map((one) => [terms.ofWanted(one)]),
    ];
  }

  async function forgetIn(
    tx: Tx,
    { chatId, block }: { chatId: ChatId; block: number },
    isGone: (posting: Posting) => boolean,
  ): Promise<void> {
    const emptied: Buffer[] = [];
    for (const { entry, places } of await repository.entriesOfBlock(tx, chatId, block)) {
      const left = readPostings(block, places).filter((posting) => !isGone(posting));
      const kept = Buffer.concat(left.map(writePosting));
      if (kept.length === 0) emptied.push(entry);
      // oxlint-disable-next-line no-await-in-loop -- one connection
      else if (kept.length < places.length) await repository.rewrite(tx, { entry, places: kept });
    }
    for (let at = 0; at < emptied.length; at += EMPTIED_AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await repository.removeEntries(tx, emptied.slice(at, at + EMPTIED_AT_ONCE));
    }
  }

  async function present(userId: UserId, found: readonly Message[]): Promise<SearchHit[]> {
    const summaries = await deps.summariesOf(db, userId, [...new Set(found.map(({ chatId }) => chatId))]);
    const byChat = new Map(summaries.map((summary) => [summary.chat.id, summary]));
    return found.flatMap((message) => {
      const summary = byChat.get(message.chatId);
      if (!summary) return [];
      const { id, kind, title } = summary.chat;
      return [{ message, chat: { id, kind, title, peer: summary.peer } }];
    });
  }

  return {
    async searchMessages(userId: UserId, question: Question): Promise<Answer> {
      const { chatId, before } = question;
      if (chatId) await deps.chats.requireMember(db, userId, chatId);
      const groups = groupsOf(question);
      if (groups.length === 0) return { hits: [], next: null };
      const candidates = createCandidates(deps, {
        groups,
        blocks: await repository.blocksOf(db, userId, { chatId, ...secondsOf(question) }),
        ...secondsOf(question),
        before: before && { ...before, second: secondOf(new Date(before.postedAt)) },
      });
      const found: Message[] = [];
      let last: Candidate | undefined;
      for (let opened = 0; found.length < SEARCH_PAGE && opened < OPENED_MAX;) {
        // oxlint-disable no-await-in-loop -- the next portion is for when this one was not enough
        const some = await candidates.take(OPENED_AT_ONCE);
        if (some.length === 0) return { hits: await present(userId, found), next: null };
        opened += some.length;
        found.push(...(await verified(userId, question, some)));
        // oxlint-enable no-await-in-loop
        last = some.at(-1);
      }
      const page = found.slice(0, SEARCH_PAGE);
      const end = found.length > SEARCH_PAGE ? page.at(-1) : last && { ...last, postedAt: timeOf(last.second) };
      const next = end ? { postedAt: end.postedAt, chatId: end.chatId, position: end.position } : null;
      return { hits: await present(userId, page), next };
    },

    /** What was cleared leaves nothing either. Safe to run again. */
    async removeUpTo(chatId: ChatId, position: number): Promise<void> {
      const block = blockOf(position);
      // Waits for whoever is indexing the chat, in its newest block that is touched; then nobody adds to the older ones.
      await db.transaction(async (tx) => {
        await repository.lockHeads(tx, [chatId]);
        await forgetIn(tx, { chatId, block }, (posting) => posting.position <= position);
      });
      const before = { chatId, until: block, limit: REMOVED_AT_ONCE };
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that no statement runs out of time
      while ((await repository.removeSomeBefore(db, before)) > 0);
      await repository.removeBlocksBefore(db, chatId, block);
    },

    /** A chat that is gone leaves nothing in the index. Safe to run again. */
    async removeAll(chatId: ChatId): Promise<void> {
      await repository.removeHead(db, chatId);
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that no statement runs out of time
      while ((await repository.removeSome(db, chatId, REMOVED_AT_ONCE)) > 0);
    },
  };
}

/** Whole seconds are what the index knows; both ends included. */
function secondsOf({ from, to }: Question): { from: number; to: number } {
  return {
    from: from === undefined ? ALWAYS.from : secondOf(new Date(from)),
    to: to === undefined ? ALWAYS.to : Math.max(0, Math.ceil(new Date(to).getTime() / 1_000) - 1),
  };
}

function timeOf(second: number): string {
  return new Date(second * 1_000).toISOString();
}

function placeKey({ chatId, position }: Pick<Candidate, 'chatId' | 'position'>): string {
  return `${chatId}:${position}`;
}
