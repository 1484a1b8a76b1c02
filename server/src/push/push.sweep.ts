import type { Database } from '../platform/database.ts';
import { createPump } from '../platform/pump.ts';
import type { DeliveryRepository } from './push.deliveries.repository.ts';
import type { MarkRepository } from './push.marks.repository.ts';

interface Deps {
  readonly db: Database;
  readonly deliveries: Pick<DeliveryRepository, 'sweep'>;
  readonly marks: Pick<MarkRepository, 'sweep'>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 600_000;
/** An arrival is expected within a day; nobody asks after older ones. */
const DELIVERIES_KEPT_MS = 86_400_000;
/** No notification is on a screen for longer that anybody would still want taken off. */
const MARKS_KEPT_MS = 30 * 86_400_000;

/** Removes what pushes leave behind once it is of no use, portion by portion. */
export function createPushSweep({ db, deliveries, marks, now, onError }: Deps) {
  const before = (ms: number) => new Date(now().getTime() - ms);
  return createPump({
    async work() {
      const removed = await deliveries.sweep(db, before(DELIVERIES_KEPT_MS));
      return removed + (await marks.sweep(db, before(MARKS_KEPT_MS))) > 0;
    },
    everyMs: EVERY_MS,
    onError,
  });
}
