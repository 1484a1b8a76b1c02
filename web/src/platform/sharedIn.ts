import { deleteDB, type IDBPDatabase, openDB } from 'idb';

/** Where the system's share sheet sends what people share (`share_target` of the manifest); also the place in the app. */
export const SHARE_PATH = '/share';

const DATABASE = 'dialog-shared';
const SHELF = 'shared';
const LATEST = 'latest';

/** What came in, of nobody in particular: perhaps nobody is signed in yet. Only the latest is kept. */
export interface SharedIn {
  readonly text: string;
  readonly files: readonly File[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export async function keepShared(shared: SharedIn): Promise<void> {
  await within((database) => database.put(SHELF, shared, LATEST));
}

/** As it lies there; another version of the app may have put it. */
export function readShared(): Promise<unknown> {
  return within((database) => database.get(SHELF, LATEST));
}

export async function dropShared(): Promise<void> {
  await deleteDB(DATABASE);
}

async function within<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const database = await openDB(DATABASE, 1, { upgrade: (created) => void created.createObjectStore(SHELF) });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
