import { chatEvents } from '@dialog/shared/chats';
import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import { newKeyBytes, toSealingKey } from '../platform/crypto/sealing.ts';
import type { Database, WriteTx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Frame } from './messages.batch.ts';
import type { Draft } from './messages.drafts.ts';
import { openContent } from './messages.content.ts';
import type { StoredMessage } from './messages.stored.ts';
import { createMessageWriter } from './messages.writer.ts';

const alice = newId<UserId>();
const stranger = newId<UserId>();
const noTx: WriteTx = { rows: async () => [], run: async () => ({ affected: 0 }), atCommit: () => {} };

/** A chat service's database in memory: one transaction at a time, undone when its work throws. */
function aWorld() {
  const key = toSealingKey(newKeyBytes());
  const stored: StoredMessage[] = [];
  const revisions = new Map<ChatId, number>();
  const transactions: number[] = [];
  const told: Frame[] = [];
  const world = {
    stored,
    revisions,
    transactions,
    told,
    key,
    fails: (_ids: readonly MessageId[]): void => {},
    gate: Promise.resolve(),
    /** What this node has kept of the chats' keys. */
    keyAtHand: key,
  };
  let running: Promise<unknown> = Promise.resolve();
  const transaction: Database['transaction'] = (work) => {
    const next = running.then(() => transact(work));
    running = next.catch(() => undefined);
    return next;
  };
  const transact: Database['transaction'] = async (work) => {
    await world.gate;
    const [before, heads] = [[...stored], new Map(revisions)];
    try {
      const result = await work(noTx);
      transactions.push(stored.length - before.length);
      return result;
    } catch (error) {
      stored.splice(0, stored.length, ...before);
      for (const [chatId, revision] of heads) revisions.set(chatId, revision);
      throw error;
    }
  };
  const writer = createMessageWriter({
    db: { ...noTx, transaction, snapshot: transaction, ping: async () => {}, close: async () => {} },
    keys: {
      ofMany: async (_tx, chatIds) => new Map(chatIds.map((chatId) => [chatId, world.keyAtHand])),
      numbered: async (_tx, chats) => new Map(chats.map(({ id }) => [id, key])),
    },
    now: () => new Date(0),
    tell: (frame) => void told.push(frame),
    attachments: { claim: async () => [], attachAtCommit: () => {} },
    followAtCommit: () => undefined,
    threads: { rootsOf: async () => [], saveRepliesAtCommit: () => {} },
    messages: {
      insertAtCommit(_tx, messages) {
        world.fails(messages.map((message) => message.id));
        if (messages.some(({ id }) => stored.some((earlier) => earlier.id === id))) {
          throw Object.assign(new Error('duplicate'), { code: 'ER_DUP_ENTRY' });
        }
        stored.push(...messages);
      },
      withIds: async (_tx, ids) => stored.filter(({ id }) => ids.includes(id)),
    },
    posting: {
      async lock(_tx, senders) {
        const isMember = ({ userId }: { userId: UserId }) => userId !== stranger;
        return new Map(
          senders.filter(isMember).map(({ chatId }) => {
            const inChat = senders.filter((sender) => sender.chatId === chatId && isMember(sender));
            return [
              chatId,
              {
                revision: revisions.get(chatId) ?? 0,
                epoch: 3,
                memberCount: 2,
                keyNumber: 1,
                lifetimeSeconds: null,
                isAnnouncementOnly: false,
                slowModeSeconds: 0,
                senders: new Map(inChat.map(({ userId }) => [userId, { role: 'member', lastPostedAt: null, bars: 0 }])),
              },
            ];
          }),
        );
      },
      notePostedAtCommit: () => {},
      raiseAtCommit(_tx, raised) {
        for (const [chatId, { revision }] of raised) revisions.set(chatId, revision);
      },
    },
  });
  return { ...world, world, writer };
}

const textOf = (text: string) => ({ kind: 'text', text }) as const;

function aDraft(chatId: ChatId, draft: Partial<Draft> = {}): Draft {
  return { chatId, senderId: alice, id: newId<MessageId>(), content: textOf('hello'), replyTo: null, ...draft };
}

/** After answers come frames. */
const fannedOut = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('R10: what arrives while a write is under way makes up the next transaction, told as one frame', async () => {
  const { writer, world, transactions, told } = aWorld();
  const chatId = newId<ChatId>();
  let open = () => {};
  world.gate = new Promise((resolve) => (open = resolve));
  const posting = Array.from({ length: 20 }, () => writer.post(aDraft(chatId)));
  open();
  const posted = await Promise.all(posting);
  await fannedOut();
  expect(transactions).toEqual([1, 19]);
  expect(told.map(({ epoch, changes }) => [epoch, changes.from, changes.revision, changes.messages.length])).toEqual([
    [3, 0, 1, 1],
    [3, 1, 20, 19],
  ]);
  expect(told.flatMap(({ changes }) => changes.messages)).toEqual(posted);
});

test('frames hold exactly what the contract declares', async () => {
  const { writer, told } = aWorld();
  await writer.post(aDraft(newId<ChatId>()));
  await fannedOut();
  expect(told).toHaveLength(1);
  for (const { changes } of told) expect(z.parse(chatEvents.chatChanged.payload, changes)).toEqual(changes);
});

test('R8: what did not commit is neither answered nor told, and those waiting behind it are refused with it', async () => {
  const { writer, world, told, stored } = aWorld();
  const chatId = newId<ChatId>();
  world.fails = () => {
    throw new AppError('busy', 'the database is away');
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => writer.post(aDraft(chatId))));
  await fannedOut();
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'busy' } });
  expect([told, stored]).toEqual([[], []]);
  world.fails = () => {};
  expect((await writer.post(aDraft(chatId))).position).toBe(1);
});

test('fault 25: a message that the database never takes is refused alone, however many came with it', async () => {
  const { writer, world, stored } = aWorld();
  const chatId = newId<ChatId>();
  const poison = aDraft(chatId);
  world.fails = (ids) => {
    if (ids.includes(poison.id)) throw new Error('cannot be stored');
  };
  const drafts = [aDraft(chatId), aDraft(chatId), poison, aDraft(chatId)];
  const outcomes = await Promise.allSettled(drafts.map((draft) => writer.post(draft)));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(stored.map((message) => message.position)).toEqual([1, 2, 3]);
});

test('R12: beyond 500 waiting a message is refused at once', async () => {
  const { writer, world } = aWorld();
  const chatId = newId<ChatId>();
  let open = () => {};
  world.gate = new Promise((resolve) => (open = resolve));
  const posting = Array.from({ length: 600 }, () => writer.post(aDraft(chatId)));
  const early = await Promise.race([posting[599], new Promise((resolve) => setTimeout(resolve, 200))]).catch(
    (error: unknown) => error,
  );
  expect(early).toMatchObject({ code: 'busy' });
  open();
  const outcomes = await Promise.allSettled(posting);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(501);
});

test('R1, R6: whatever mix of new, repeated and forbidden drafts arrives, revisions have no hole and ids no double', async () => {
  const aChat = fc.integer({ min: 0, max: 2 });
  const anArrival = fc.record({
    chat: aChat,
    id: fc.integer({ min: 0, max: 12 }),
    isStranger: fc.boolean(),
    pauses: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anArrival, { maxLength: 40 }), async (arrivals) => {
      const { writer, stored, revisions, told } = aWorld();
      const chatIds = Array.from({ length: 3 }, () => newId<ChatId>());
      const ids = Array.from({ length: 13 }, () => newId<MessageId>());
      const posting: Promise<unknown>[] = [];
      for (const { chat, id, isStranger, pauses } of arrivals) {
        const chatId = chatIds[chat] ?? newId<ChatId>();
        const draft = aDraft(chatId, {
          id: ids[id] ?? newId(),
          senderId: isStranger ? stranger : alice,
          content: textOf(`${posting.length}`),
        });
        posting.push(writer.post(draft).catch((error: unknown) => expect(error).toBeInstanceOf(AppError)));
        if (pauses) await fannedOut();
      }
      await Promise.all(posting);
      await fannedOut();
      expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
      expect(stored.some(({ senderId }) => senderId === stranger)).toBe(false);
      for (const chatId of chatIds) {
        const positions = stored.filter((message) => message.chatId === chatId).map(({ position }) => position);
        expect(positions).toEqual(positions.map((_, at) => at + 1));
        expect(revisions.get(chatId) ?? 0).toBe(positions.length);
        const heard = told.filter((frame) => frame.chatId === chatId).flatMap(({ changes }) => changes.messages);
        expect(heard.map(({ position }) => position)).toEqual(positions);
      }
    }),
    { numRuns: 60 },
  );
});

test('what was sealed with a key that was destroyed meanwhile is sealed with the one that the chat has under its lock', async () => {
  const { world, writer, stored, key } = aWorld();
  const chatId = newId<ChatId>();
  world.keyAtHand = toSealingKey(newKeyBytes());
  await writer.post(aDraft(chatId));
  const [row] = stored;
  if (!row) throw new Error('nothing was stored');
  expect(openContent(key, row)).toEqual(textOf('hello'));
  expect(openContent(world.keyAtHand, row)).toEqual({ kind: 'unreadable' });
});
