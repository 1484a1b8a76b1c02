import argon2 from 'argon2';
import { AppError } from '../platform/appError.ts';

/** Turns passwords into what may be stored, and compares. Slow by design, and bounded: at most two at a time (L8). */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** `stored` undefined (nobody has that name) takes as long as a wrong password. */
  matches(stored: string | undefined, password: string): Promise<boolean>;
}

/** Argon2id as OWASP advises: 19 MiB, two passes; about 25 ms here. The library's defaults cost 600 ms. */
const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Argon2 runs in the thread pool that files and DNS need as well. */
const AT_ONCE = 2;
const WAITING_MAX = 50;

export function createPasswordHasher(): PasswordHasher {
  const inTurn = createTurns(AT_ONCE, WAITING_MAX);
  /** Made at the first need; nobody's password. */
  let dummy: Promise<string> | undefined;

  return {
    hash: (password) => inTurn(() => argon2.hash(password, COST)),
    matches: (stored, password) =>
      inTurn(async () => {
        dummy ??= argon2.hash('nobody has this password', COST);
        const isRight = await argon2.verify(stored ?? (await dummy), password);
        return stored !== undefined && isRight;
      }),
  };
}

/** Runs so many at a time, lets so many wait, and refuses the rest with `busy`. */
export function createTurns(atOnce: number, waitingMax: number) {
  const waiting: Array<() => void> = [];
  let running = 0;

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax)
        throw new AppError('busy', 'too many passwords to check', { retryAfterSeconds: 3 });
      // Whoever ends hands the turn over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
