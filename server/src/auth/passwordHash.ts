import argon2 from 'argon2';
import { AppError } from '../platform/appError.ts';
import { createTurns } from '../platform/turns.ts';

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
const RETRY_SECONDS = 3;

export function createPasswordHasher(): PasswordHasher {
  const inTurn = createTurns({
    atOnce: AT_ONCE,
    waitingMax: WAITING_MAX,
    refusal: () => new AppError('busy', 'too many passwords to check', { retryAfterSeconds: RETRY_SECONDS }),
  });
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
