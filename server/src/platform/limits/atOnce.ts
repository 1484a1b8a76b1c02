import { AppError } from '../appError.ts';

interface Bounds {
  readonly perKey: number;
  readonly inAll: number;
}

/** Counts what goes on at this moment on this node, for what takes long and holds memory meanwhile (R12). */
export interface AtOnce {
  /** Answers how to end it, once. @throws AppError `busy` when this key, or everyone together, has as much going on as may be. */
  begin(key: string): () => void;
}

const RETRY_SECONDS = 2;

export function createAtOnce({ perKey, inAll }: Bounds): AtOnce {
  const going = new Map<string, number>();
  let all = 0;

  function add(key: string, more: 1 | -1): void {
    all += more;
    const left = (going.get(key) ?? 0) + more;
    if (left === 0) going.delete(key);
    else going.set(key, left);
  }

  return {
    begin(key) {
      if (all >= inAll || (going.get(key) ?? 0) >= perKey)
        throw new AppError('busy', 'too much at once', { retryAfterSeconds: RETRY_SECONDS });
      add(key, 1);
      let hasEnded = false;
      return () => {
        if (!hasEnded) add(key, -1);
        hasEnded = true;
      };
    },
  };
}
