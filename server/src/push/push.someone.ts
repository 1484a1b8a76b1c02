import type { Database } from '../platform/database.ts';
import { repeat } from '../platform/jobs/repeated.ts';
import type { Sockets } from '../platform/sockets/sockets.ts';
import type { SubscriptionRepository } from './push.subscriptions.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: Pick<SubscriptionRepository, 'isAny'>;
  readonly bus: Sockets['bus'];
  readonly onError: (error: unknown) => void;
}

const TOPIC = 'push.someone';
/** Where the bus lost the news, the database tells. */
const LOOK_EVERY_MS = 5_000;

/**
 * Whether anybody on this server is pushed to at all: where nobody is, posting writes nothing for it. Once there was
 * somebody it is taken to be so until the next start.
 */
export function createSomeone({ db, repository, bus, onError }: Deps) {
  let isThere = false;
  bus.on(TOPIC, () => void (isThere = true));

  async function look(): Promise<void> {
    if (!isThere) isThere = await repository.isAny(db);
  }

  return {
    isThere: (): boolean => isThere,
    /** After the commit of a subscription. */
    came(): void {
      if (!isThere) bus.publish(TOPIC, {});
    },
    async start(): Promise<() => void> {
      await look().catch(onError);
      return repeat(look, { everyMs: LOOK_EVERY_MS, onError });
    },
  };
}
