import { Cursor } from '@dialog/shared/chats';
import { ChatId, Revision } from '@dialog/shared/contract/values';
import { Message, MessageMark } from '@dialog/shared/messages';
import { User } from '@dialog/shared/users';
import * as z from 'zod/mini';
import type { People } from '../chats/people.store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Storage } from '../platform/storage.ts';
import { type ChatHistory, trimmed } from './messages.store.ts';
import type { HistoryCopies, MessageSync } from './messages.sync.ts';

/** The chats last read are kept for a start without network: this many, this far back. */
const COPIES_MAX = 50;
const MESSAGES_MAX = 100;
const COPY_AFTER_MS = 1_000;

const Copy = z.object({
  chatId: ChatId,
  savedAt: z.number(),
  revision: Revision,
  from: Revision,
  hasOlder: z.boolean(),
  messages: z.array(Message),
  cursors: z.array(Cursor),
  marks: z.array(MessageMark),
  marksRevision: Revision,
  clearedPosition: z.optional(Revision),
  /** Who signs these messages. */
  people: z.array(User),
});

interface CopiesDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly people: People;
}

interface Copies extends HistoryCopies {
  follow(sync: MessageSync): () => void;
  remove(chatId: ChatId): void;
}

/** Copies in this browser of the histories in memory. */
export function createCopies({ storage, clock, people }: CopiesDeps): Copies {
  const waiting = new Set<ChatId>();
  let kept: { chatId: ChatId; savedAt: number }[] | undefined;

  return { read, follow, remove };

  async function read(chatId: ChatId): Promise<ChatHistory | undefined> {
    const copy = await storage.get('histories', chatId, Copy);
    if (!copy) return undefined;
    people.learn(copy.people);
    const { revision, from, hasOlder, messages, cursors, marks, marksRevision, clearedPosition = 0 } = copy;
    return {
      chatId,
      revision,
      from,
      hasOlder,
      messages,
      cursors: new Map(cursors.map((cursor) => [cursor.userId, cursor])),
      marks: new Map(marks.map((mark) => [mark.position, mark])),
      marksRevision,
      detour: null,
      referred: new Map(),
      pins: null,
      clearedPosition,
      thread: null,
      threads: new Map(),
    };
  }

  function follow(sync: MessageSync): () => void {
    return sync.store.subscribe(({ histories }, before) => {
      if (histories === before.histories) return;
      for (const [chatId, history] of histories) if (history !== before.histories.get(chatId)) copySoon(sync, chatId);
    });
  }

  function remove(chatId: ChatId): void {
    void storage.remove('histories', chatId).catch(ignore);
  }

  function copySoon(sync: MessageSync, chatId: ChatId): void {
    if (waiting.has(chatId)) return;
    waiting.add(chatId);
    clock.after(COPY_AFTER_MS, () => {
      waiting.delete(chatId);
      const history = sync.store.getState().histories.get(chatId);
      // A full disk only costs the start without network.
      if (history) void keepCopy(trimmed(history, MESSAGES_MAX)).catch(ignore);
    });
  }

  async function keepCopy(history: ChatHistory): Promise<void> {
    const { chatId, revision, from, hasOlder, messages, cursors, marks, marksRevision, clearedPosition } = history;
    const savedAt = clock.now();
    const known = people.store.getState();
    const signers = new Set(messages.map(({ senderId }) => senderId));
    await storage.put('histories', chatId, {
      chatId,
      savedAt,
      revision,
      from,
      hasOlder,
      messages,
      cursors: [...cursors.values()],
      marks: [...marks.values()].filter(({ position }) => position >= from),
      marksRevision,
      clearedPosition,
      people: [...signers].flatMap((userId) => known.get(userId) ?? []),
    });
    await makeRoom(chatId, savedAt);
  }

  async function makeRoom(chatId: ChatId, savedAt: number): Promise<void> {
    kept ??= (await storage.list('histories', Copy)).map(({ chatId: id, savedAt: at }) => ({
      chatId: id,
      savedAt: at,
    }));
    kept = [{ chatId, savedAt }, ...kept.filter((one) => one.chatId !== chatId)].toSorted(
      (a, b) => b.savedAt - a.savedAt,
    );
    const tooMany = kept.slice(COPIES_MAX);
    kept = kept.slice(0, COPIES_MAX);
    await Promise.all(tooMany.map((one) => storage.remove('histories', one.chatId)));
  }
}

function ignore(): void {
  // Kept copies are a comfort; nothing depends on them.
}
