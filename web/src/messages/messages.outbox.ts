import { Attachment } from '@dialog/shared/attachments';
import { ERROR_CODES } from '@dialog/shared/contract/errors';
import { ChatId, MessageId, Revision } from '@dialog/shared/contract/values';
import { Message, type TextContent } from '@dialog/shared/messages';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ApiErrorCode } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Storage } from '../platform/storage.ts';

/** A message that was written here and is not known to be durable. Its id is the message's for ever (R6). */
export const OutboxItem = z.object({
  id: MessageId,
  chatId: ChatId,
  text: z.string(),
  /** As this browser sees its files, which are kept beside; those of other ids were never written. */
  attachments: z.optional(z.array(Attachment)),
  /** The position of the message that this one answers. */
  replyTo: z.optional(Revision),
  /** The position of the message in whose thread it is to stand. */
  thread: z.optional(Revision),
  isSilent: z.optional(z.literal(true)),
  /** ISO 8601 */
  writtenAt: z.iso.datetime(),
  /** Place among what this browser wrote. */
  order: z.number(),
  /** Why the server refused it for good; it then waits for its writer to retry or delete it. */
  refusal: z.nullable(z.enum([...ERROR_CODES, 'offline', 'timeout'])),
});
export type OutboxItem = Readonly<z.infer<typeof OutboxItem>>;

const Note = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed') }),
  z.object({ kind: z.literal('removed'), id: MessageId }),
  z.object({ kind: z.literal('landed'), message: Message }),
]);
/** What the tabs of one browser tell each other. */
export type OutboxNote = z.infer<typeof Note>;

/** Reaches the person's other tabs, not this one. */
export interface OutboxChannel {
  tell(note: OutboxNote): void;
  hear(listener: (note: unknown) => void): void;
  close(): void;
}

/** What it will say once it is posted. */
export function contentOf({ text, attachments }: OutboxItem): TextContent {
  return { kind: 'text', text, ...(attachments ? { attachments } : {}) };
}

/** What somebody wrote. */
export type Words = Pick<OutboxItem, 'text' | 'attachments' | 'replyTo' | 'thread' | 'isSilent'>;

export interface OutboxState {
  /** In the order they were written. */
  readonly items: readonly OutboxItem[];
  /** Durable, but perhaps not yet in the history of this device. */
  readonly landed: ReadonlyMap<MessageId, Message>;
}

export interface Outbox {
  readonly store: StoreApi<OutboxState>;
  /** Shown at once, durable in this browser a moment later, sent when its turn comes. */
  add(chatId: ChatId, words: Words): OutboxItem;
  /** Resolves when all that was added is as durable as this browser makes it. */
  written(): Promise<unknown>;
  retry(id: MessageId): Promise<void>;
  remove(id: MessageId): Promise<void>;
  /** The history holds everything of this chat up to here. */
  forgetLanded(chatId: ChatId, upTo: number): void;
  /** Reads again what this browser holds. */
  reload(): Promise<void>;
  stop(): void;
  /** For the one sender of this browser. */
  readonly queue: OutboxQueue;
}

/** The outbox as the sender sees it. */
export interface OutboxQueue {
  /** What waits, in order, as this browser holds it. */
  waiting(): Promise<readonly OutboxItem[]>;
  landed(message: Message): Promise<void>;
  refused(item: OutboxItem, code: ApiErrorCode): Promise<void>;
  onAdded(wake: () => void): void;
  /** Its writer gave it up. */
  onRemoved(stop: (id: MessageId) => void): void;
}

/** Where the files of what waits are kept. */
export interface OutboxFiles {
  /** Durable in this browser when it resolves. */
  keep(attachments: readonly Attachment[]): Promise<void>;
  /** The message with them is posted, or was given up. */
  drop(attachments: readonly Attachment[], why: 'posted' | 'removed'): void;
}

interface OutboxDeps {
  readonly storage: Storage;
  readonly channel: OutboxChannel;
  readonly files: OutboxFiles;
  readonly clock: Clock;
  readonly newId: () => string;
}

const LANDED_MAX = 200;

export function createOutbox({ storage, channel, files, clock, newId }: OutboxDeps): Outbox {
  const store = createStore<OutboxState>(() => ({ items: [], landed: new Map() }));
  /** Written here and on the way into the browser's store: a reading of it must not make them disappear. */
  const storing = new Map<MessageId, OutboxItem>();
  let wake: () => void = () => undefined;
  let stopSending: (id: MessageId) => void = () => undefined;
  let changes = 0;
  let written: Promise<unknown> = Promise.resolve();

  channel.hear((heard) => {
    const note = z.safeParse(Note, heard);
    if (!note.success) return; // Another version of the app.
    if (note.data.kind === 'removed') stopSending(note.data.id);
    if (note.data.kind === 'landed') land(note.data.message);
    else void reload().catch(() => undefined);
    wake();
  });

  return {
    store,
    add,
    written: () => written,
    retry,
    remove,
    forgetLanded,
    reload,
    stop: () => channel.close(),
    queue: {
      waiting: async () => (await readAll()).filter((item) => item.refusal === null),
      async landed(message) {
        await storage.remove('outbox', message.id);
        land(message);
        channel.tell({ kind: 'landed', message });
      },
      refused: (item, code) => change({ ...item, refusal: code }),
      onAdded(listener) {
        wake = listener;
      },
      onRemoved(listener) {
        stopSending = listener;
      },
    },
  };

  function add(chatId: ChatId, words: Words): OutboxItem {
    const order = Math.max(clock.now(), (store.getState().items.at(-1)?.order ?? 0) + 1);
    const item: OutboxItem = {
      id: MessageId.parse(newId()),
      chatId,
      ...words,
      writtenAt: new Date(clock.now()).toISOString(),
      order,
      refusal: null,
    };
    show([...store.getState().items, item]);
    written = Promise.all([written, keep(item, item.attachments)]);
    return item;
  }

  async function retry(id: MessageId): Promise<void> {
    const item = store.getState().items.find((one) => one.id === id);
    if (!item) return;
    if (item.refusal === 'id-taken') {
      // Somebody else's message has this id: only under another one can it ever be posted.
      await takeOut(id);
      const { text, attachments, replyTo, thread, isSilent } = item;
      add(item.chatId, {
        text,
        ...(attachments ? { attachments } : {}),
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(thread === undefined ? {} : { thread }),
        ...(isSilent ? { isSilent } : {}),
      });
    } else await change({ ...item, refusal: null });
  }

  async function remove(id: MessageId): Promise<void> {
    const item = store.getState().items.find((one) => one.id === id);
    await takeOut(id);
    files.drop(item?.attachments ?? [], 'removed');
  }

  async function takeOut(id: MessageId): Promise<void> {
    storing.delete(id);
    show(store.getState().items.filter((item) => item.id !== id));
    await storage.remove('outbox', id);
    stopSending(id);
    channel.tell({ kind: 'removed', id });
    wake();
  }

  async function change(item: OutboxItem): Promise<void> {
    show(store.getState().items.map((one) => (one.id === item.id ? item : one)));
    await keep(item);
  }

  /** Files first: another tab that finds the message must find them as well. */
  async function keep(item: OutboxItem, newFiles: readonly Attachment[] = []): Promise<void> {
    storing.set(item.id, item);
    try {
      if (newFiles.length > 0) await files.keep(newFiles);
      if (storing.get(item.id) !== item) return; // Given up, posted or changed meanwhile.
      await storage.put('outbox', item.id, item);
      if (storing.get(item.id) === item) storing.delete(item.id);
    } catch {
      // A full or forbidden disk: the item lives as long as the page, and is sent from there.
    }
    changed();
  }

  function changed(): void {
    channel.tell({ kind: 'changed' });
    wake();
  }

  async function reload(): Promise<void> {
    let items: readonly OutboxItem[];
    let seen: number;
    do {
      seen = changes;
      // oxlint-disable-next-line no-await-in-loop -- what changed during a reading makes it stale
      items = await readAll();
    } while (seen !== changes);
    show(items);
  }

  /**
   * What there was when the reading began. What was written since is not in it, even where it is known: the store may
   * not have told yet what another tab wrote before it.
   */
  async function readAll(): Promise<readonly OutboxItem[]> {
    const before = new Map(storing);
    const kept = await storage.list('outbox', OutboxItem);
    const { landed } = store.getState();
    const all = [...kept.filter((item) => !before.has(item.id)), ...before.values()];
    return all
      .filter((item) => !landed.has(item.id))
      .map((item) => storing.get(item.id) ?? item)
      .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  function land(message: Message): void {
    changes += 1;
    storing.delete(message.id);
    if (message.content.kind === 'text') files.drop(message.content.attachments ?? [], 'posted');
    const { items, landed } = store.getState();
    const kept = [...landed, [message.id, message] as const].slice(-LANDED_MAX);
    store.setState({ items: items.filter((item) => item.id !== message.id), landed: new Map(kept) });
  }

  function forgetLanded(chatId: ChatId, upTo: number): void {
    const { landed } = store.getState();
    const kept = [...landed].filter(([, message]) => message.chatId !== chatId || message.position > upTo);
    if (kept.length < landed.size) store.setState({ landed: new Map(kept) });
  }

  function show(items: readonly OutboxItem[]): void {
    changes += 1;
    store.setState({ items });
  }
}
