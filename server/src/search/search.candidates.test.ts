import { randomBytes } from 'node:crypto';
import type { ChatId } from '@dialog/shared/contract/values';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newKeyBytes, toSealingKey, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { createCandidates, type Candidate, type CandidateQuestion } from './search.candidates.ts';
import type { Block } from './search.repository.ts';
import { blockOf, entryOf, writePosting } from './search.postings.ts';
import { tokensIn, type Term } from './search.tokens.ts';

interface Said extends Candidate {
  readonly terms: readonly Term[];
}

const TERMS: readonly Term[] = Array.from({ length: 12 }, () => randomBytes(16));
const ALWAYS = { from: 0, to: 2 ** 32 - 1, before: undefined };

/** An index of these messages that counts what is asked of it. */
function anIndex(said: readonly Said[]) {
  const keys = new Map<ChatId, SealingKey>();
  const blocks = new Map<string, Block>();
  const entries = new Map<string, { entry: Buffer; places: Buffer }>();
  for (const { chatId, position, second, terms } of said) {
    const key = keys.get(chatId) ?? toSealingKey(newKeyBytes());
    keys.set(chatId, key);
    const block = blockOf(position);
    const known = blocks.get(`${chatId} ${block}`) ?? { chatId, block, oldest: second, newest: second };
    const [oldest, newest] = [Math.min(known.oldest, second), Math.max(known.newest, second)];
    blocks.set(`${chatId} ${block}`, { chatId, block, oldest, newest });
    for (const token of tokensIn(key, terms)) {
      const entry = entryOf(chatId, block, token);
      const places = entries.get(entry.toString('hex'))?.places ?? Buffer.alloc(0);
      entries.set(entry.toString('hex'), {
        entry,
        places: Buffer.concat([places, writePosting({ position, second })]),
      });
    }
  }
  const asked = { entries: 0, together: 0, mostTogether: 0 };
  const deps = {
    db: {} as unknown as Database,
    keys: { ofMany: async () => keys },
    repository: {
      async entries(_tx: unknown, wanted: readonly Buffer[]) {
        asked.entries += wanted.length;
        asked.together += 1;
        asked.mostTogether = Math.max(asked.mostTogether, asked.together);
        await Promise.resolve();
        asked.together -= 1;
        return wanted.flatMap((entry) => entries.get(entry.toString('hex')) ?? []);
      },
    },
  };
  return {
    asked,
    question: (groups: CandidateQuestion['groups'], rest: Partial<CandidateQuestion> = {}) =>
      createCandidates(deps, {
        ...ALWAYS,
        groups,
        blocks: [...blocks.values()].toSorted((a, b) => b.newest - a.newest),
        ...rest,
      }),
  };
}

async function allOf(candidates: ReturnType<typeof createCandidates>, page: number): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const some = await candidates.take(page);
    if (some.length === 0) return all;
    all.push(...some.map(placeOf));
  }
}

const placeOf = ({ chatId, position }: Candidate): string => `${chatId} ${position}`;

const CHATS = Array.from({ length: 60 }, () => newId<ChatId>()).toSorted();

/** Messages of many chats in one time, each with some of the terms. */
const someSaid = fc
  .array(
    fc.record({
      chat: fc.nat(CHATS.length - 1),
      gap: fc.integer({ min: 1, max: 600 }),
      second: fc.nat(500),
      terms: fc.subarray([0, 1, 2, 3, 4, 5]),
    }),
    { minLength: 1, maxLength: 300 },
  )
  .map((drawn) => {
    const last = new Map<ChatId, number>();
    return drawn.map(({ chat, gap, second, terms }): Said => {
      const chatId = CHATS[chat]!;
      const position = (last.get(chatId) ?? 0) + gap;
      last.set(chatId, position);
      return { chatId, position, second, terms: terms.map((at) => TERMS[at]!) };
    });
  });

test('candidates come all, once, in one order, whatever the pages, the words and the place one begins at', async () => {
  await fc.assert(
    fc.asyncProperty(
      someSaid,
      fc.array(fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
      fc.tuple(fc.integer({ min: 1, max: 40 }), fc.option(fc.nat())),
      async (said, wanted, [page, start]) => {
        const groups = wanted.map((group) => group.map((at) => TERMS[at]!));
        const matching = said
          .filter(({ terms }) => groups.every((group) => group.some((term) => terms.includes(term))))
          .toSorted(
            (a, b) =>
              b.second - a.second ||
              (a.chatId < b.chatId ? -1 : 1) * Number(a.chatId !== b.chatId) ||
              b.position - a.position,
          );
        const skipped = start === null ? 0 : start % (matching.length + 1);
        const before = matching[skipped - 1];
        const index = anIndex(said);
        expect(await allOf(index.question(groups, { before }), page)).toEqual(matching.slice(skipped).map(placeOf));
      },
    ),
  );
});

/** In each of many chats as many messages, the newest of all chats at the same time. */
function aLotSaid(chats: number, termsOf: (at: number, chat: number) => readonly Term[]): Said[] {
  return Array.from({ length: chats }, () => newId<ChatId>()).flatMap((chatId, chat) =>
    Array.from({ length: 20 }, (_, at) => ({
      chatId,
      position: at + 1,
      second: at * 1_000 + chat,
      terms: termsOf(at, chat),
    })),
  );
}

test('two words that often meet are answered by little more than the entries of the rarer one', async () => {
  const [often = TERMS[0]!, rare = TERMS[1]!] = TERMS;
  const index = anIndex(aLotSaid(600, (at) => (at % 10 === 9 ? [often, rare] : [often])));
  const found = await index.question([[often], [rare]]).take(32);
  expect(found).toHaveLength(32);
  expect(index.asked.entries).toBeLessThan(600 + 300);
});

test('words that are everywhere and never meet read a bounded number of entries, a few statements at a time', async () => {
  const chats = 300;
  const index = anIndex(aLotSaid(chats, (at) => [TERMS[at % TERMS.length]!]));
  expect(await index.question(TERMS.map((term) => [term])).take(32)).toEqual([]);
  expect(index.asked.entries).toBeLessThanOrEqual(4 * chats + 8 * 48);
  expect(index.asked.mostTogether).toBeLessThanOrEqual(8);
});
