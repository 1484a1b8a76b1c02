import type { UserId } from '@dialog/shared/contract/values';
import { deleteDB, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import * as z from 'zod/mini';

export const SHELVES = ['outbox', 'drafts', 'chats', 'histories', 'settings', 'files'] as const;
export type Shelf = (typeof SHELVES)[number];

/**
 * What one person keeps in this browser, by shelf and key. Reading takes a schema, because an older version of the app
 * may have written what lies there: what does not fit it is as good as absent.
 */
export interface Storage {
  get<T>(shelf: Shelf, key: string, schema: z.ZodMiniType<T>): Promise<T | undefined>;
  /** All of a shelf, in the order of the keys. */
  list<T>(shelf: Shelf, schema: z.ZodMiniType<T>): Promise<T[]>;
  /** Durable when it resolves. */
  put(shelf: Shelf, key: string, value: unknown): Promise<void>;
  remove(shelf: Shelf, key: string): Promise<void>;
  close(): void;
}

/** One more whenever a shelf is added: what lies on the others stays. */
const VERSION = 2;

type Changing = IDBPObjectStore<unknown, [Shelf], Shelf, 'readwrite'>;

interface Shelves {
  get(shelf: Shelf, key: string): Promise<unknown>;
  getAll(shelf: Shelf): Promise<unknown[]>;
  put(shelf: Shelf, value: unknown, key: string): Promise<unknown>;
  delete(shelf: Shelf, key: string): Promise<unknown>;
  close(): void;
}

/** IndexedDB; where the browser forbids it, memory, so that the app works as long as the page is open. */
export async function openStorage(userId: UserId): Promise<Storage> {
  try {
    const opening = openDB(nameFor(userId), VERSION, {
      upgrade(database) {
        for (const shelf of SHELVES) if (!database.objectStoreNames.contains(shelf)) database.createObjectStore(shelf);
      },
      // Another tab signs out, or a newer app upgrades: it must not wait for us.
      blocking: () => void opening.then((database) => database.close()),
    });
    return over(onceAndForAll(await opening));
  } catch {
    return createMemoryStorage();
  }
}

/**
 * A transaction that waits for its own end needs the page for it, and a page that goes takes it along. Committed at
 * once it is the browser's: so the last words of a draft outlive a reload.
 */
function onceAndForAll(database: IDBPDatabase): Shelves {
  const change = (shelf: Shelf, doIt: (store: Changing) => Promise<unknown>): Promise<unknown> => {
    const transaction = database.transaction(shelf, 'readwrite');
    const done = doIt(transaction.store);
    transaction.commit();
    return Promise.all([done, transaction.done]);
  };
  return {
    get: (shelf, key) => database.get(shelf, key),
    getAll: (shelf) => database.getAll(shelf),
    put: (shelf, value, key) => change(shelf, (store) => store.put(value, key)),
    delete: (shelf, key) => change(shelf, (store) => store.delete(key)),
    close: () => database.close(),
  };
}

/** Removes all that a person kept in this browser. */
export async function eraseStorage(userId: UserId): Promise<void> {
  await deleteDB(nameFor(userId)).catch(() => undefined);
}

export function createMemoryStorage(): Storage {
  const shelves = new Map<Shelf, Map<string, unknown>>(SHELVES.map((shelf) => [shelf, new Map()]));
  const at = (shelf: Shelf): Map<string, unknown> => shelves.get(shelf) ?? new Map();
  return over({
    get: async (shelf, key) => at(shelf).get(key),
    getAll: async (shelf) => [...at(shelf)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
    put: async (shelf, value, key) => at(shelf).set(key, structuredClone(value)),
    delete: async (shelf, key) => at(shelf).delete(key),
    close: () => undefined,
  });
}

function over(shelves: Shelves): Storage {
  return {
    async get(shelf, key, schema) {
      const found = z.safeParse(schema, await shelves.get(shelf, key));
      return found.success ? found.data : undefined;
    },
    async list(shelf, schema) {
      const found = (await shelves.getAll(shelf)).map((value) => z.safeParse(schema, value));
      return found.filter((one) => one.success).map((one) => one.data);
    },
    async put(shelf, key, value) {
      await shelves.put(shelf, value, key);
    },
    async remove(shelf, key) {
      await shelves.delete(shelf, key);
    },
    close: () => shelves.close(),
  };
}

function nameFor(userId: UserId): string {
  return `dialog-${userId}`;
}
