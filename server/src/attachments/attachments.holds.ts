import { randomBytes } from 'node:crypto';
import type { AttachmentId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import { AppError } from '../platform/appError.ts';
import type { AttachmentRepository } from './attachments.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<AttachmentRepository, 'hold' | 'release' | 'isKnown'>;
  /** Asks the other nodes to let go of this one. */
  readonly askOthers: (id: AttachmentId) => void;
}

/** Gives up its hold as soon as it can. */
type LetGo = () => unknown;

export interface Hold {
  release(): Promise<void>;
}

const WAIT_MS = 10_000;
const TRY_AGAIN_MS = 100;
/** A third of what the database gives (HELD_SECONDS). */
const RENEW_MS = 6_000;

export type Holds = ReturnType<typeof createHolds>;

/**
 * One request at a time writes an upload, over all nodes: the row says which. The newer one wins, since a client that
 * comes again has given up the old one, which may hang on a dead connection: the holder is asked to let go. One that
 * died loses its hold after 20 s.
 */
export function createHolds({ db, repository, askOthers }: Deps) {
  const here = new Map<AttachmentId, LetGo>();

  /** @throws AppError `upload-busy` when whoever has it does not let go. */
  async function take(id: AttachmentId, letGo: LetGo, signal?: AbortSignal): Promise<Hold> {
    const until = performance.now() + WAIT_MS;
    while (!signal?.aborted && performance.now() < until) {
      const holder = here.get(id);
      if (holder) holder();
      else {
        // oxlint-disable-next-line no-await-in-loop -- one try after another
        const hold = await tryHere(id, letGo);
        if (hold) return hold;
        askOthers(id);
      }
      // oxlint-disable-next-line no-await-in-loop -- as above
      await pause(TRY_AGAIN_MS);
    }
    throw new AppError('upload-busy', 'another request has it', { retryAfterSeconds: 1 });
  }

  async function tryHere(id: AttachmentId, letGo: LetGo): Promise<Hold | undefined> {
    const token = randomBytes(16);
    here.set(id, letGo);
    try {
      // What is not there yet can be held by anyone; its row decides who begins it.
      if ((await repository.hold(db, id, token)) || !(await repository.isKnown(db, id))) return held(id, token, letGo);
    } catch (error) {
      here.delete(id);
      throw error;
    }
    here.delete(id);
    return undefined;
  }

  function held(id: AttachmentId, token: Buffer, letGo: LetGo): Hold {
    const timer = setInterval(() => {
      repository.hold(db, id, token).then(
        (isStillOurs) => (isStillOurs ? undefined : letGo()),
        () => undefined,
      );
    }, RENEW_MS);
    timer.unref();
    return {
      async release() {
        clearInterval(timer);
        await repository.release(db, id, token).finally(() => here.delete(id));
      },
    };
  }

  return {
    take,
    /** Another node wants it. */
    letGo: (id: AttachmentId) => void here.get(id)?.(),

    /** Nobody else has it meanwhile. */
    async during<T>(id: AttachmentId, work: () => Promise<T>): Promise<T> {
      const hold = await take(id, () => undefined);
      try {
        return await work();
      } finally {
        await hold.release();
      }
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
