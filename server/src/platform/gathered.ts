import { AppError } from './appError.ts';

interface GatheredOptions<Key, Value> {
  /** One question for all of these; what has no answer is left out. */
  readonly load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>;
  /** Keys that go in one question. */
  readonly atOnce: number;
}

interface Waiting<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** More than this waiting means that what is asked does not keep up: refuse at once, rather than late (R12). */
const WAITING_MAX = 5_000;

/**
 * Asks one by one what is loaded many at a time: what is wanted while a question is under way makes up the next one, as
 * R10 has it for writes. Nobody waits when it is quiet, and a crowd that comes back at once shares its round trips. What
 * is answered was read after it was asked for.
 *
 * @throws AppError `busy` when too many wait, and whatever `load` throws.
 */
export function createGathered<Key, Value>({ load, atOnce }: GatheredOptions<Key, Value>) {
  let waiting: Waiting<Key, Value>[] = [];
  let isAsking = false;

  async function run(): Promise<void> {
    isAsking = true;
    while (waiting.length > 0) {
      const asked = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      // oxlint-disable-next-line no-await-in-loop -- one question at a time is what makes the next one large
      await ask(asked);
    }
    isAsking = false;
  }

  async function ask(asked: readonly Waiting<Key, Value>[]): Promise<void> {
    try {
      const values = await load([...new Set(asked.map(({ key }) => key))]);
      for (const { key, resolve } of asked) resolve(values.get(key));
    } catch (error) {
      // Those behind have waited as long, and the next question would wait as long again.
      const behind = error instanceof AppError ? waiting : [];
      if (behind.length > 0) waiting = [];
      for (const { reject } of [...asked, ...behind]) reject(error);
    }
  }

  return (key: Key): Promise<Value | undefined> => {
    if (waiting.length >= WAITING_MAX)
      return Promise.reject(new AppError('busy', 'too many questions waiting', { retryAfterSeconds: 1 }));
    return new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!isAsking) void run();
    });
  };
}
