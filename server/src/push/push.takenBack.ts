import { ChatId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import type { Database, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DeliveryRepository } from './push.deliveries.repository.ts';
import type { MarkRepository, TakenBack } from './push.marks.repository.ts';

interface Deps {
  readonly db: Database;
  readonly jobs: Pick<Jobs, 'add' | 'handle' | 'kick'>;
  readonly marks: Pick<MarkRepository, 'shownOf' | 'lock' | 'withdrawAll'>;
  readonly deliveries: Pick<DeliveryRepository, 'waitingIn'>;
  readonly now: () => Date;
  /** Whether anybody is pushed to at all. */
  readonly isAnyone: () => boolean;
  /** After the commit: something is to be withdrawn. */
  readonly withdrawn: () => void;
}

const TOPIC = 'push.takenBack';
/** Places of devices in one transaction; the next ones are the next job's. */
const PORTION = 200;

const Job = z.object({
  chatId: ChatId,
  userId: z.optional(UserId),
  positions: z.optional(z.array(z.number())),
  until: z.optional(z.number()),
  after: z.nullable(z.object({ subscriptionId: z.string(), thread: z.number() })),
});
type Job = z.infer<typeof Job>;

/**
 * Takes off the screens what was taken back: one outbox row, whatever was and whoever was told of it. What still waits for
 * its service is no concern of this: whether it stands is asked right before it is sent.
 */
export function createPushTakenBack({ db, jobs, marks, deliveries, now, isAnyone, withdrawn }: Deps) {
  jobs.handle(TOPIC, async (payload) => {
    const job = z.parse(Job, payload);
    const isFull = await db.transaction((tx) => withdrawPortion(tx, job));
    withdrawn();
    if (isFull) jobs.kick();
  });

  async function withdrawPortion(tx: Tx, job: Job): Promise<boolean> {
    const { chatId, after } = job;
    const shown = await marks.shownOf(tx, job, { after, limit: PORTION });
    const last = shown.at(-1);
    if (!last) return false;
    const told = new Set(shown.map(keyOf));
    const still = (await marks.lock(tx, chatId, shown)).filter((place) => told.has(keyOf(place)));
    const ids = [...new Set(still.map(({ subscriptionId }) => subscriptionId))];
    const waiting = new Set((await deliveries.waitingIn(tx, chatId, ids)).map(keyOf));
    await marks.withdrawAll(tx, chatId, { places: still.filter((place) => !waiting.has(keyOf(place))), at: now() });
    const isFull = shown.length === PORTION;
    const { subscriptionId, thread } = last;
    if (isFull) await jobs.add(tx, TOPIC, { ...job, after: { subscriptionId, thread } } satisfies Job);
    return isFull;
  }

  return {
    /** In the transaction in which messages are deleted, hidden or cleared, or their time is over. */
    async takenBack(tx: Tx, { positions, ...what }: TakenBack): Promise<void> {
      if (!isAnyone()) return;
      const job: Job = { ...what, after: null };
      await jobs.add(tx, TOPIC, positions === undefined ? job : { ...job, positions: [...positions] });
    },
  };
}

function keyOf(place: { readonly subscriptionId: string; readonly thread: number; readonly position: number }): string {
  return `${place.subscriptionId} ${place.thread} ${place.position}`;
}
